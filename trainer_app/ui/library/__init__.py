"""*Bibliotek*: themes with their scenarios, and the films."""
