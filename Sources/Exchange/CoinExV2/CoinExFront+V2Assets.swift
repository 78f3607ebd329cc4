import CoinExVenue
import WireCodecs

// What is told of assets, and of all that the venue has and this exchange has not, in the second generation.

extension CoinExFront {
    mutating func assetsReplyV2() -> [UInt8] {
        let wanted = parameters.string("ccy")
        return envelopeV2 { json, front in
            json.array { json in
                for asset in front.names.assets where wanted == nil || wanted == asset {
                    json.object { json in
                        json.key("short_name")
                        json.string(asset)
                        json.key("full_name")
                        json.string(asset)
                        json.key("website_url")
                        json.string("" as StaticString)
                        json.key("white_paper_url")
                        json.string("" as StaticString)
                        json.key("chain_info")
                        json.array { _ in }
                    }
                }
            }
        }
    }

    /// Nothing comes in and nothing goes out: an asset is on no chain.
    func writeTransferTerms(of asset: String, to json: inout JSONWriter) {
        json.object { json in
            json.key("asset")
            json.object { json in
                json.key("ccy")
                json.string(asset)
                for key: StaticString in [
                    "deposit_enabled", "withdraw_enabled", "inter_transfer_enabled", "is_st",
                ] {
                    json.key(key)
                    json.bool(false)
                }
            }
            json.key("chains")
            json.array { _ in }
        }
    }

    mutating func emptyReplyV2(_ list: FrontEndpointV2.EmptyList) -> [UInt8] {
        switch list {
        case .whole: envelopeV2 { json, _ in json.array { _ in } }
        case .paged: envelopeV2(pagination: (0, false)) { json, _ in json.array { _ in } }
        }
    }
}
