/// The parameters of one trial, for the walk, the factors and the recoveries.
struct TrialParameters {
  /// The argument of each cell's envelope, shape `[cells]`.
  let cells: UnsafeBufferPointer<Double>
  /// Up to this shift the entries' `leastKept` hold, same shape.
  let surelyBelow: UnsafeBufferPointer<Double>
  /// The argument of each class, shape `[classes]`.
  let classes: UnsafeBufferPointer<Double>
  /// The class of each entry, shape `[entries]`.
  let classOfEntry: UnsafeBufferPointer<Int32>
  /// √ρ/√(1−ρ), shape `[sectors]`.
  let loadings: UnsafeBufferPointer<Double>
  /// The autocorrelation of the factors.
  let persistence: Double
  /// The law of the part that is recovered; `nil` for that of the plan.
  let recovery: RecoveryModel.Part?

  /// The argument of an entry.
  @inline(__always)
  func argument(ofEntry number: Int) -> Double {
    classes[classOfEntry.isEmpty ? number : Int(classOfEntry[number])]
  }
}

extension TrialParameters {
  /// Those of a plan whose parameters are known: each entry is a class of its own. Its factors know
  /// their loadings and their persistence.
  init(of walk: DefaultWalk, in memory: WorkingMemory) {
    cells = UnsafeBufferPointer(memory.table(of: walk.cells.map(\.argument)))
    surelyBelow = UnsafeBufferPointer(memory.table(of: walk.cells.map(\.surelyBelow)))
    classes = UnsafeBufferPointer(memory.table(of: walk.arguments))
    classOfEntry = UnsafeBufferPointer(start: nil, count: 0)
    loadings = UnsafeBufferPointer(start: nil, count: 0)
    persistence = 0
    recovery = nil
  }
}
