public import ClaimRules
import DocumentReading
public import FundCore

/// One loan with its claim and the fund that it is claimed from: everything checked, nothing
/// settled.
public struct ClaimCase: Sendable {
  /// The fund.
  public let agreement: FundAgreement
  /// The register of the one loan.
  public let register: ClaimRegister
  /// The month in which the fund opens.
  public let opening: CivilMonth
  /// What was taken as given.
  public let remarks: [LocalizedText]

  /// The loan's way through the rules: the register is replayed, and what happened is told.
  public func explanation() -> Explanation? {
    var told = Explanation(of: 0, in: replay(register, under: agreement, opening: opening))
    told?.remarks = remarks
    return told
  }
}

/// Reads a claim file: a document, or a table or a sheet of a workbook with a key and its value in each row.
///
/// - Throws: Every problem of the file and its programme, each at its place.
public func readClaim(path: String) throws(Diagnostics) -> ClaimCase {
  let isNamed = FileKind(ofPath: path) == .table
  let isTable = isNamed ? true : try holdsWorkbook(path: path)
  let tree = isTable ? try ClaimTable(path: path).tree() : try readDocument(path: path)
  try FileKind.require(.claim, tree)
  let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  do throws(Diagnostics) {
    return try ClaimReading(problems: ProblemCollector(), folder: folder).claim(tree)
  } catch {
    throw isTable ? error.advisingRows : error
  }
}

/// Reads a claim from options of the command line.
///
/// - Parameter options: The texts of each option, in the order in which they were given.
/// - Throws: Every problem, each at the name of its option.
public func readClaim(options: [ClaimOption: [String]]) throws(Diagnostics) -> ClaimCase {
  let tree = ClaimOptionDocument(values: options).tree
  do throws(Diagnostics) {
    return try ClaimReading(problems: ProblemCollector(), folder: "").claim(tree)
  } catch {
    throw error.namingOptions
  }
}
