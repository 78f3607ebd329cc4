import Configuration
import Exchange
import Quantities
import Transport
import WireCodecs

// What is asked of the exchange itself, below `/control`: nothing that the venue has.

extension ExchangeHost {
    private enum Method: Equatable {
        case get, post, delete
    }

    /// Answers a request below `/control`.
    func control(_ head: borrowing HTTPHead, _ body: UnsafeRawBufferPointer, _ exchange: HTTPExchange) {
        let target = String(decoding: head.target, as: UTF8.self)
        let methods: [(StaticString, Method)] = [("GET", .get), ("POST", .post), ("DELETE", .delete)]
        var method: Method?
        for row in methods where head.isMethod(row.0) { method = row.1 }
        // A page in a browser may send requests to this machine; it cannot know the word, nor read what comes.
        let isAllowed = token.isIn(head.first("authorization"))
        switch (target, method) {
        case ("/control/audit", .get): exchange.respond(200, text: auditText())
        case ("/control/audit.json", .get):
            exchange.respond(200, text: auditJSON(), type: "application/json")
        case ("/control/faults", .some) where !isAllowed:
            exchange.respond(401, text: "the word of this exchange is missing or wrong\n")
        case ("/control/faults", .get): exchange.respond(200, text: faultText())
        case ("/control/faults", .post): setFaults(Array(body), exchange)
        case ("/control/faults", .delete):
            clearFaults()
            exchange.respond(200, text: faultText())
        case ("/control/faults", nil), ("/control/audit", _), ("/control/audit.json", _):
            exchange.respond(405, text: "another method\n")
        default:  // open set: paths
            exchange.respond(404, text: "no such control\n")
        }
    }

    private func setFaults(_ body: [UInt8], _ exchange: HTTPExchange) {
        do throws(InvalidConfiguration) {
            let faults = try configuration.faults(in: body)
            guard addFaults(faults) else {
                exchange.respond(400, text: "there would be more than \(FaultScript.faultsMax) faults\n")
                return
            }
            exchange.respond(200, text: faultText())
        } catch {
            exchange.respond(400, text: "\(error)\n")
        }
    }
}
