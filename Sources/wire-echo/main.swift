import Glibc
import Transport

// A WebSocket echo in each role, for conformance suites to drive.

let usage = """
    usage: wire-echo server PORT [--tls CERTIFICATE KEY]
           wire-echo client URL [--authorities FILE] [--times COUNT]

      server   echoes messages on 127.0.0.1:PORT (0 lets the system choose; the port is printed);
               also sends back the bodies of POST requests
      client   connects to ws://... or wss://..., echoes until the peer closes, then exits
      --tls          files of PEM: our certificates, and their private key
      --authorities  a file of PEM certificates to trust instead of the system's
      --times        how many connections, one after the other; 1 unless told
    """

func serve(_ words: [String]) throws {
    guard let port = UInt16(words[0]), let address = SocketAddress("127.0.0.1", port: port) else {
        EchoProgram.fail("'\(words[0])' is no port, 0 to 65535")
    }
    var tls: TLSContext?
    if words.count > 1 {
        guard words.count == 4, words[1] == "--tls" else { EchoProgram.fail(usage) }
        tls = try TLSContext(certificate: words[2], key: words[3])
    }
    try EchoProgram().serve(on: address, tls)
}

func connect(_ words: [String]) throws {
    guard let url = URLText(words[0]), url.scheme == "ws" || url.scheme == "wss" else {
        EchoProgram.fail("'\(words[0])' is no URL of a WebSocket, such as ws://127.0.0.1:9001/path")
    }
    var authorities: String?
    var times = 1
    var options = words.dropFirst()
    while let option = options.popFirst() {
        switch (option, options.popFirst()) {
        case ("--authorities", let file?): authorities = file
        case ("--times", let text?):
            guard let count = Int(text), count > 0 else {
                EchoProgram.fail("'\(text)' is no count, 1 or more")
            }
            times = count
        default: EchoProgram.fail(usage)
        }
    }
    let tls = url.scheme == "wss" ? try TLSContext(authorities: authorities) : nil
    let port = url.port ?? (tls == nil ? 80 : 443)
    try EchoProgram().connect(to: Endpoint(host: url.host, port: port, tls: tls), url.target, times: times)
}

signal(SIGPIPE, SIG_IGN)
let words = Array(CommandLine.arguments.dropFirst())
do {
    switch words.first {
    case "server" where words.count >= 2: try serve(Array(words.dropFirst()))
    case "client" where words.count >= 2: try connect(Array(words.dropFirst()))
    case "--help", "-h": print(usage)
    default: EchoProgram.fail(usage)
    }
} catch let error as SystemError {
    EchoProgram.fail("\(error)", code: 71)
} catch {
    EchoProgram.fail("\(error)", code: 65)
}
