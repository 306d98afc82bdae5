import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

/// The operating models that a document can name: those that all programmes share, and those that
/// its funds' programmes bring with them.
struct KnownModels: Sendable {
  /// The models, in the order of reports.
  let all: [OperatingModel]

  /// The models that all programmes share.
  static let shared = KnownModels(OperatingModel.shared)

  init(_ models: some Sequence<OperatingModel>) {
    all = OperatingModel.ordered(OperatingModel.shared + models)
  }

  /// The models of a programme, whether or not it allows the shared ones.
  init(of terms: CompensationTerms) { self.init(terms.models.keys.sorted { $0.id < $1.id }) }

  /// The models of the programmes of some funds, as their files have them and as readings change them.
  init(of funds: [FundAgreement]) {
    // Funds share programmes, and few models are of a programme's own.
    var models: Set<OperatingModel> = []
    for fund in funds {
      models.formUnion(fund.original.terms.models.keys)
      if fund.programme !== fund.original { models.formUnion(fund.terms.models.keys) }
    }
    self.init(models.sorted { $0.id < $1.id })
  }

  /// The models of the programmes that `funds:` of a document names. One that cannot be read is
  /// reported when its fund is.
  init(of tree: DocumentNode, _ shelf: ProgrammeShelf) {
    let funds = tree.node(at: "funds")?.items ?? tree.node(at: "fund").map { [$0] } ?? []
    self.init(
      funds.compactMap { fund -> [OperatingModel]? in
        guard let name = fund.node(at: "programme"), let text = name.text else { return nil }
        let programme = try? shelf.programme(Written(text, at: name.location))
        return programme.map { Self(of: $0.terms).all }
      }.joined())
  }

  /// The model of a word, or why there is none.
  func model(_ text: String) -> Result<OperatingModel, ScalarProblem> {
    Scalar.choice(text, among: all.map(\.id), others: all.map(\.otherWords)).map { all[$0] }
  }

  /// The words that a key takes, as an example.
  var example: String { all.map(\.id).joined(separator: " | ") }
}

/// The programmes of a document, each read once.
final class ProgrammeShelf {
  private let folder: String
  private var read: [String: PolicyDocument] = [:]

  init(folder: String) { self.folder = folder }

  /// The programme of a name.
  ///
  /// - Throws: Every problem of its file.
  func programme(_ name: Written<String>) throws(Diagnostics) -> PolicyDocument {
    if let known = read[name.value] { return known }
    let document = try PolicyDocument.named(name, in: folder)
    read[name.value] = document
    return document
  }
}
