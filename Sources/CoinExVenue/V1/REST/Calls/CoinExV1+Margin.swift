import Quantities

// MARK: - Margin, and transfers between accounts of one user

extension CoinExV1 {
    /// Which way a transfer goes, seen from the account that it is named for.
    public enum TransferSide: String, Sendable {
        case into = "in"
        case out
    }

    public static let marginAccountEndpoint = CoinExEndpoint<CoinExMarginAccount>(
        .get, "/margin/account", .account)
    /// The margin account of a market.
    public static func marginAccount(_ market: CoinExMarketName) -> CoinExCall<CoinExMarginAccount> {
        CoinExCall(marginAccountEndpoint, ["market": .text(market.text)])
    }

    public static let marginTermsEndpoint = CoinExEndpoint<CoinExMarginTermsList>(
        .get, "/margin/config", .account)
    /// What may be borrowed, in one market or in all.
    public static func marginTerms(
        _ market: CoinExMarketName? = nil
    ) -> CoinExCall<CoinExMarginTermsList> {
        CoinExCall(marginTermsEndpoint, ["market": .text(market?.text)])
    }

    public static let marginTransferEndpoint = CoinExEndpoint<CoinExDone>(
        .post, "/margin/transfer", .account)
    /// Moves a coin between the spot account, 0, and one with margin.
    public static func marginTransfer(
        _ amount: Amount, of coin: String, from: Int64, to: Int64
    ) -> CoinExCall<CoinExDone> {
        CoinExCall(
            marginTransferEndpoint,
            [
                "from_account": .number(from), "to_account": .number(to), "coin_type": .text(coin),
                "amount": .decimal(amount),
            ])
    }

    public static let contractTransferEndpoint = CoinExEndpoint<CoinExDone>(
        .post, "/contract/balance/transfer", .account)
    /// Moves a coin between the spot account and the one for futures; `in` is to futures.
    public static func contractTransfer(
        _ amount: Amount, of coin: String, _ side: TransferSide
    ) -> CoinExCall<CoinExDone> {
        CoinExCall(
            contractTransferEndpoint,
            [
                "coin_type": .text(coin), "transfer_side": .text(side.rawValue), "amount": .decimal(amount),
            ])
    }

    public static let borrowEndpoint = CoinExEndpoint<CoinExLoanID>(.post, "/margin/loan", .loan)
    /// Borrows.
    public static func borrow(
        _ amount: Amount, of coin: String, in market: CoinExMarketName, renews: Bool = false
    ) -> CoinExCall<CoinExLoanID> {
        CoinExCall(
            borrowEndpoint,
            [
                "market": .text(market.text), "coin_type": .text(coin), "amount": .decimal(amount),
                "renew": .number(renews ? 1 : 0),
            ])
    }

    public static let repayEndpoint = CoinExEndpoint<CoinExDone>(.post, "/margin/flat", .account)
    /// Gives back; without a number the venue chooses among the loans.
    public static func repay(
        _ amount: Amount, of coin: String, in market: CoinExMarketName, loan: Int64? = nil
    ) -> CoinExCall<CoinExDone> {
        CoinExCall(
            repayEndpoint,
            [
                "market": .text(market.text), "coin_type": .text(coin), "amount": .decimal(amount),
                "loan_id": .number(loan),
            ])
    }

    public static let loanHistoryEndpoint = CoinExEndpoint<CoinExLoanPage>(
        .get, "/margin/loan/history", .account)
    /// Loans; `status` is `pass`, `burst`, `arrears` or `finish`.
    public static func loanHistory(
        _ market: CoinExMarketName? = nil, status: CoinExLoan.Status? = nil, page: Int64 = 1,
        limit: Int64 = 100
    ) -> CoinExCall<CoinExLoanPage> {
        CoinExCall(
            loanHistoryEndpoint,
            [
                "market": .text(market?.text), "status": .text(status?.rawValue), "page": .number(page),
                "limit": .number(limit),
            ])
    }

    public static let marginTransferHistoryEndpoint = CoinExEndpoint<CoinExRecords<CoinExMarginTransfer>>(
        .get, "/margin/transfer/history", .account)
    /// Transfers with margin accounts, at most 1,000 per page.
    public static func marginTransferHistory(
        asset: String? = nil, market: CoinExMarketName? = nil, _ side: TransferSide? = nil,
        from: Instant? = nil, to: Instant? = nil, page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExRecords<CoinExMarginTransfer>> {
        CoinExCall(
            marginTransferHistoryEndpoint,
            [
                "asset": .text(asset), "market": .text(market?.text), "transfer_type": .text(side?.rawValue),
                "start_time": .seconds(from), "end_time": .seconds(to), "page": .number(page),
                "limit": .number(limit),
            ])
    }

    public static let contractTransferHistoryEndpoint =
        CoinExEndpoint<CoinExRecords<CoinExContractTransfer>>(.get, "/contract/transfer/history", .account)
    /// Transfers with the account for futures.
    public static func contractTransferHistory(
        asset: String? = nil, _ side: TransferSide? = nil, from: Instant? = nil, to: Instant? = nil,
        page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExRecords<CoinExContractTransfer>> {
        CoinExCall(
            contractTransferHistoryEndpoint,
            [
                "asset": .text(asset), "transfer_type": .text(side.map { "transfer_" + $0.rawValue }),
                "start_time": .seconds(from), "end_time": .seconds(to), "page": .number(page),
                "limit": .number(limit),
            ])
    }

    public static let investmentTransferHistoryEndpoint =
        CoinExEndpoint<CoinExRecords<CoinExInvestmentTransfer>>(
            .get, "/investment/transfer/history", .account)
    /// Transfers and interest of the investment account; `operation` is `in`, `out` or `interest`.
    public static func investmentTransferHistory(
        asset: String? = nil, operation: String? = nil, from: Instant? = nil, to: Instant? = nil,
        page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExRecords<CoinExInvestmentTransfer>> {
        CoinExCall(
            investmentTransferHistoryEndpoint,
            [
                "asset": .text(asset), "op_type": .text(operation), "start_time": .seconds(from),
                "end_time": .seconds(to), "page": .number(page), "limit": .number(limit),
            ])
    }
}
