import MarketModel
import Quantities
import VenueKit

// MARK: - Time

extension BinanceSession {
    /// The time has come to this; may be called at any time.
    package mutating func advance(to now: Instant, _ random: inout SeededRandom) -> [Action] {
        if case .pausing = state {
            switch reconnection.elapsed(at: now) {
            case .connect: return connect(at: now)
            case .wait, .none, .close: return []
            }
        }
        var actions: [Action] = []
        for connection in connections {
            guard let ailment = connection.ailment(at: now) else { continue }
            actions += [.tell(Self.fault(ailment)), .close(connection.number)]
            actions += ended(connection.number, at: now, &random)
        }
        actions += update { connection, session in session.send(&connection, at: now) }
        return actions + settle(at: now)
    }

    static func fault(_ ailment: Connection.Ailment) -> BinanceSessionFault<Call> {
        switch ailment {
        case .slowToOpen: .connectTimeout
        case .unanswered(let call): .callTimeout(call)
        case .silent: .silent
        }
    }

    /// Takes the steps that follow from where the connections are.
    mutating func settle(at now: Instant) -> [Action] {
        switch state {
        case .idle, .pausing: return []
        case .alone(var connection):
            if connection.isPrepared, !connection.isUp {
                connection.isUp = true
                state = .alone(connection)
                _ = reconnection.opened(at: now)
                return [.announce(.ready)]
            }
            guard rotationDue(connection) <= now else { return [] }
            lastNumber += 1
            state = .rotating(connection, Connection(lastNumber, calls, settings, at: now))
            return [.connect(lastNumber)]
        case .rotating(let first, var second):
            guard second.isPrepared else { return [] }
            second.isUp = true
            isToldToRotate = false
            rotatesAfter = .distantPast
            state = .overlapping(first, second, until: now + settings.overlap)
            return []
        case .overlapping(let first, let second, let until):
            guard now >= until else { return [] }
            state = .alone(second)
            return [.close(first.number)]
        }
    }
}

// MARK: - Connections in their places

extension BinanceSession {
    var connections: [Connection] {
        switch state {
        case .idle, .pausing: []
        case .alone(let connection): [connection]
        case .rotating(let first, let second), .overlapping(let first, let second, _): [first, second]
        }
    }

    /// Changes the connection of this number, or all.
    mutating func update(
        _ number: UInt64? = nil, _ body: (inout Connection, inout Self) -> [Action]
    ) -> [Action] {
        switch state {
        case .idle, .pausing: return []
        case .alone(var connection):
            guard number == nil || number == connection.number else { return [] }
            let actions = body(&connection, &self)
            state = .alone(connection)
            return actions
        case .rotating(var first, var second):
            let actions = update(number, &first, &second, body)
            state = .rotating(first, second)
            return actions
        case .overlapping(var first, var second, let until):
            let actions = update(number, &first, &second, body)
            state = .overlapping(first, second, until: until)
            return actions
        }
    }

    mutating func update(
        _ number: UInt64?, _ first: inout Connection, _ second: inout Connection,
        _ body: (inout Connection, inout Self) -> [Action]
    ) -> [Action] {
        var actions: [Action] = []
        if number == nil || number == first.number { actions += body(&first, &self) }
        if number == nil || number == second.number { actions += body(&second, &self) }
        return actions
    }

    /// Sends the next call of a connection if it may go.
    mutating func send(_ connection: inout Connection, at now: Instant) -> [Action] {
        guard let call = connection.takeNext(id: lastID + 1, at: now) else { return [] }
        lastID += 1
        return [.send(connection: connection.number, id: lastID, call)]
    }
}
