import FundCore
import ReportForm
import ResultFacts

extension FundDescription {
  /// Who bears which share of a loss, with its source, in the order of payment.
  var sharesInWords: LocalizedText {
    shares.map { share in
      LocalizedText(
        en: "\(share.party) \(share.share) (\(share.citation))",
        zh: "\(share.party)\(share.share)（\(share.citation)）")
    }.joined(with: .init(en: ", ", zh: "；"))
  }

  /// The programme and the operating model, for reports that name both by their ids.
  var programmePairs: [LabelledText] {
    [
      LabelledText(
        .init(en: "programme", zh: "办法"),
        .init(
          en: "\(programme), \(programmeTitle)", zh: "\(programmeTitle)（\(programme)）")),
      LabelledText(.init(en: "operating model", zh: "运作模式"), Names.model(operatingModel)),
    ]
  }
}

extension FundDescription {
  /// The rules with their articles, but for the initial amount, which variants move.
  private var rules: [LabelledText] {
    [
      LabelledText(
        .init(en: "programme", zh: "办法"),
        .init(en: "\(programmeTitle) (\(programme))", zh: "\(programmeTitle)（\(programme)）")),
      LabelledText(.init(en: "operating model", zh: "运作模式"), Names.model(of: self)),
      LabelledText(.init(en: "shares of a loss", zh: "损失分担"), sharesInWords),
      LabelledText(
        .init(en: "claim", zh: "补偿申请"),
        .init(
          en: "\(claimDelayMonths) months after the first overdue month",
          zh: "首个逾期月之后\(claimDelayMonths)个月")),
    ] + terms
  }

  /// The rules of several funds, those that are alike once, under the name of the first that has them.
  static func bases(of funds: [FundDescription]) -> [ReportSection] {
    var known: Set<[LabelledText]> = []
    return funds.compactMap { fund in
      let rules = fund.rules
      guard known.insert(rules).inserted else { return nil }
      return ReportSection(
        .init(
          en: "The rules of \(fund.name), with their articles", zh: "\(fund.name)：规则及其条款依据"),
        [.pairs(rules)])
    }
  }
}
