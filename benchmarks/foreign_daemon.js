// An ADB daemon that is not ours: adbkit's, which hands what is asked of it on to an adb server's headset.
// Arguments: the server's port, the headset's serial. Says the port it listens on; ends with its standard input.
const { Adb } = require("@devicefarmer/adbkit");

const [, , port, serial] = process.argv;
const client = Adb.createClient({ port: Number(port) });
const daemon = client.createTcpUsbBridge(serial, { auth: () => Promise.resolve() });
daemon.on("listening", () => console.log(daemon.server.address().port));
daemon.listen(0, "127.0.0.1");
process.stdin.on("end", () => process.exit(0));
process.stdin.resume();
