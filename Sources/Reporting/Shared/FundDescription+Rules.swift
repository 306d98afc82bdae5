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
