# One of Android's commands in a headset's path: asks the headset process and prints its answer.
#
# This file is copied into the headset's folder under each command's name. It is written in Perl, without a
# module, because that begins eight times as fast as Python: shells run it by the dozen, fifty headsets by the
# thousand. It reads no standard input: a shell script that is itself read from there must not lose its next
# lines.

my ($name) = $0 =~ m{([^/]+)$};

# AF_UNIX, SOCK_STREAM; the address is a family and a path.
my $headset;
socket($headset, 1, 1, 0) && connect($headset, pack("S Z*", 1, $socket_path))
    or die("$name: the headset has gone\n");
syswrite($headset, join("\0", $name, @ARGV));
shutdown($headset, 1);

my $answer = do { local $/; <$headset> };
my ($code, $length, $rest) = split(/\n/, $answer // "", 3);
defined($rest) && length($rest) >= $length
    or die("$name: the headset has not answered\n");
print(STDOUT substr($rest, 0, $length));
print(STDERR substr($rest, $length));
exit($code);
