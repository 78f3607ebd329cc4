import Quantities
import VenueKit

extension Format where Value == RateLimit {
    /// A number of requests and the window that they may fall into: `60/2s`.
    package static var rate: Format {
        let requests = 1...RateText.requestsMax
        let bounds = "1 to \(requests.upperBound) requests per interval"
        return scalar("a rate such as 60/2s, \(bounds)") { (scalar) throws(Refusal) in
            try RateText.parse(scalar.text)
        }
    }
}

/// Rates as people write them: a whole number, a slash, an interval.
enum RateText {
    /// A window keeps the time of each of its requests.
    static let requestsMax = 10_000
    private static let windows = Interval.milliseconds(1)...Interval.minutes(24 * 60)

    static func parse(_ text: String) throws(Refusal) -> RateLimit {
        guard let slash = text.firstIndex(of: "/") else {
            if NumberText.form(of: text) != .whole { throw Refusal("it is not a rate") }
            throw Refusal("the interval is missing", suggestion: "write \(text)/1s")
        }
        let count = String(text[..<slash])
        let window = String(text[text.index(after: slash)...])
        try NumberText.check(count, as: .whole)
        guard let requests = Int(count), requests <= requestsMax else {
            throw Refusal("it is too many requests")
        }
        if requests < 1 { throw Refusal("it is no request at all") }
        if ["ns", "us", "ms", "s", "m", "h", "d"].contains(window) {
            throw Refusal("the interval has no number", suggestion: "write \(count)/1\(window)")
        }
        let length = try IntervalText.parse(window)
        if length < windows.lowerBound { throw Refusal("the interval is below 1ms") }
        if length > windows.upperBound { throw Refusal("the interval is above 24h") }
        return RateLimit(requests: requests, window: length)
    }
}
