/// Who a trial's defaults may befall, by number; see `DefaultWalk.Candidate`.
///
/// A class, because all threads of a run read it; nothing changes after it has been made.
final class CandidateTable: @unchecked Sendable {
  /// What trials read: nothing to retain on the way.
  let items: UnsafeMutableBufferPointer<DefaultWalk.Candidate>
  /// One more than the last loan's position.
  let loanCount: Int
  private let memory = WorkingMemory()

  init(_ items: [DefaultWalk.Candidate]) {
    self.items = memory.table(of: items)
    loanCount = items.reduce(0) { max($0, Int($1.loan)) } + 1
  }

  var count: Int { items.count }
}
