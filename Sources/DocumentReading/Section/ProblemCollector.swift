public import FundCore

/// Gathers the problems of an input, so that its author sees all of them at once.
///
/// It is a class because every section of a document, however deep, reports to the same
/// collector; as a value it would have to be handed in and out of every reader. It stays on the
/// thread that reads.
public final class ProblemCollector {
  /// The problems so far, in the order in which they were found.
  public private(set) var problems: [Diagnostic] = []

  /// Creates a collector without problems.
  public init() {}

  /// Notes a problem.
  public func report(
    _ code: String, _ message: LocalizedText, help advice: LocalizedText,
    at location: SourceLocation
  ) {
    problems.append(
      Diagnostic(code: code, message: message, advice: advice, location: location))
  }

  /// Notes a problem.
  public func report(_ problem: Diagnostic) { problems.append(problem) }

  /// Notes problems that were thrown together.
  public func report(_ thrown: Diagnostics) { problems += thrown.problems }

  /// Takes back that a key is missing, which another problem explains.
  func withdraw(missing key: String, in section: String, at location: SourceLocation) {
    let place = problems.lastIndex {
      $0.location == location && $0.missingKey?.key == key && $0.missingKey?.section == section
    }
    if let place { problems.remove(at: place) }
  }

  /// Throws the problems, if there are any.
  public func throwIfAny() throws(Diagnostics) {
    if !problems.isEmpty { throw Diagnostics(problems) }
  }
}
