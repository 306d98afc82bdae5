/// How the assessments of a portfolio are laid out in cells.
struct WalkLayout {
  private(set) var cells: [DefaultWalk.Cell] = []
  /// Where the cells of each period begin, and behind the last one where they end.
  private(set) var firstCells: [Int32] = [0]
  private(set) var entries: [DefaultWalk.Entry] = []
  private(set) var classes: [Int32] = []
  private(set) var leastKept: [UInt8] = []
  private(set) var arguments: ClassArguments
  private let factors: FactorModel
  private var bounds: CellBounds
  private let thinning: ThinningBounds
  private var last: Assessment?

  init(classes: [AssessmentClass], factors: FactorModel, hazardShare: Double) {
    self.factors = factors
    bounds = CellBounds(hazardShare: hazardShare)
    thinning = ThinningBounds(factors: factors)
    arguments = ClassArguments(
      ofClasses: classes.map { $0.argument(under: factors) }, ofCells: [], surelyBelow: [])
  }

  /// Stretches before sectors and widths: a loan's runs in the order of their months.
  private func key(_ item: Assessment) -> (Int, Int16, Int16, Int16, Int16) {
    (
      factors.period(of: Int(item.firstMonth)), item.stretch.stress, item.stretch.age, item.sector,
      item.monthCount
    )
  }

  /// Assessments in the order of the walk: by cell, in a cell the most probable first.
  func sorted(_ assessments: [Assessment]) -> [Assessment] {
    assessments.indices.sorted { left, right in
      let (first, second) = (assessments[left], assessments[right])
      if key(first) != key(second) { return key(first) < key(second) }
      if first.probability != second.probability { return first.probability > second.probability }
      return left < right
    }.map { assessments[$0] }
  }

  /// Adds the assessment that follows on those before.
  mutating func add(_ item: Assessment) {
    let argument = arguments.ofClasses[Int(item.riskClass)]
    let isFirst = last.map { key($0) != key(item) } ?? true
    if isFirst || bounds.shouldSplit(before: item) { open(item, argument: argument) }
    last = item
    entries.append(DefaultWalk.Entry(loan: item.loan, firstMonth: item.firstMonth))
    let cell = cells.count - 1
    cells[cell].slotCount += Double(item.monthCount)
    if argument != arguments.ofCells[cell] {
      arguments.surelyBelow[cell] = thinning.surelyBelow(sector: Int(item.sector))
    }
    leastKept.append(
      thinning.leastKept(
        of: argument, inCellOf: arguments.ofCells[cell], surelyBelow: arguments.surelyBelow[cell]))
    classes.append(item.riskClass)
  }

  /// Ends after the last assessment.
  mutating func close(periodCount: Int) {
    while firstCells.count <= periodCount { firstCells.append(Int32(cells.count)) }
  }

  /// Opens a cell with its most probable entry.
  private mutating func open(_ item: Assessment, argument: Double) {
    let period = factors.period(of: Int(item.firstMonth))
    while firstCells.count <= period { firstCells.append(Int32(cells.count)) }
    cells.append(
      DefaultWalk.Cell(
        firstEntry: Int32(entries.count), width: Int32(item.monthCount), slotCount: 0,
        factorIndex: Int32(period * factors.assetCorrelations.count + Int(item.sector)),
        period: Int32(period)))
    arguments.ofCells.append(argument)
    arguments.surelyBelow.append(.infinity)
    bounds.start(with: item)
  }
}
