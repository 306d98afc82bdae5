import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

/// Every case of every file, by kind.
struct WorkedCases: Sendable {
  private(set) var claims: [WorkedCase<WorkedClaim>] = []
  private(set) var recoveries: [WorkedCase<WorkedRecovery>] = []
  private(set) var coverages: [WorkedCase<WorkedCoverage>] = []
  private(set) var thresholds: [WorkedCase<WorkedThreshold>] = []
  private(set) var fees: [WorkedCase<WorkedFee>] = []
  private(set) var interests: [WorkedCase<WorkedInterest>] = []
  private(set) var shares: [WorkedCase<WorkedShares>] = []
  /// What the cases of all kinds have in common, in the order of the files.
  private(set) var heads: [CaseHead] = []

  /// The cases, or every problem of their files.
  static let outcome = Result { try read() }
  /// The cases; none if their files cannot be read, which a check of its own reports.
  static let all: WorkedCases = {
    switch outcome {
    case .success(let cases): cases
    case .failure: WorkedCases()
    }
  }()

  private init() {}

  private static func read() throws -> WorkedCases {
    let problems = ProblemCollector()
    var cases = WorkedCases()
    for file in TextResources.files {
      let tree = try parseDocument(text: file.text, file: file.name)
      guard var top = Section(tree, problems: problems) else { continue }
      for opened in top.sections("cases") ?? [] {
        var section = opened
        cases.read(&section, programme: String(file.name.prefix { $0 != "." }))
        section.finish()
      }
      top.finish()
    }
    try problems.throwIfAny()
    return cases
  }

  private enum Kind: String, CaseIterable, Sendable {
    case claim, recovery, coverage, threshold, fee, interest, shares
  }

  private mutating func read(_ section: inout Section, programme: String) {
    let kind = section.choice("kind", as: Kind.self)?.value
    _ = section.text("working")
    guard let kind, let head = CaseHead(&section, programme: programme),
      var given = section.section("given"), var expect = section.section("expect")
    else { return }
    heads.append(head)
    func worked<Matter>(_ matter: Matter?) -> [WorkedCase<Matter>] {
      matter.map { [WorkedCase(head: head, matter: $0)] } ?? []
    }
    switch kind {
    case .claim: claims += worked(WorkedClaim(&given, &expect))
    case .recovery: recoveries += worked(WorkedRecovery(&given, &expect))
    case .coverage: coverages += worked(WorkedCoverage(&given, &expect))
    case .threshold: thresholds += worked(WorkedThreshold(&given, &expect))
    case .fee: fees += worked(WorkedFee(&given, &expect))
    case .interest: interests += worked(WorkedInterest(&given, &expect))
    case .shares: shares += worked(WorkedShares(&given, &expect))
    }
    given.finish()
    expect.finish()
  }
}
