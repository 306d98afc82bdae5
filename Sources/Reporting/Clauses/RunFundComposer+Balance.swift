import FundCore
import ReportForm
import ResultFacts

// Funds of which what is owed hangs on their money.
extension RunFundComposer {
  /// That needed capital is not defined, and what to ask instead; `nil` where it is.
  var undefinedCapital: [SectionBlock]? {
    description.clauseOnBalance.map { clause in
      [
        .subheading(.init(en: "Initial amount that lasts through the run", zh: "全期足额的初始资金")),
        .paragraph(
          .init(
            en: """
              not defined under \(clause): what is owed hangs on the fund's money; `size --serve` asks for a \
              share of the credit to be served
              """,
            zh: "因\(clause)而无定义：应付款项取决于基金的资金；可用 `size --serve` 按应服务信贷的比例求规模")),
      ]
    }
  }
}
