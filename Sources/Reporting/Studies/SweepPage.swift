import Charts
public import FundCore
import LossStatistics
import Planning

extension SweepReport {
  /// The report as a web page: one file that opens without a network and holds no script.
  public func page(language: Language) throws -> String {
    let composer = SweepComposer(sweep: sweep, language: language)
    return try StudyPage(
      blocks: composer.blocks, figures: [composer.gridFigure],
      provenance: sweep.study.provenance, trialCount: sweep.study.trialCount, language: language
    ).rendered()
  }
}

extension SweepComposer {
  /// The grid, darker where the figure is larger.
  var gridFigure: PageFigure {
    let name = sweep.figure.name[words.language]
    let unit = sweep.figure.isProbability ? "" : " (\(words.unitName))"
    let say = [
      words(
        "Darker where the \(name) is larger\(unit); – where the articles do not allow the values.",
        "颜色越深，\(name)\(unit)越大；– 表示条文不允许。")
    ]
    var table = ReportTable(heads: [words("values", "取值"), name + unit])
    for cell in sweep.cells { table.rows.append([label(cell), full(cell)]) }
    return PageFigure(
      title: name.prefix(1).uppercased() + name.dropFirst() + unit, say: say,
      draw: { grid(words.caption("sweep" + $1, name, say)).svg($0) }, table: table)
  }

  private func label(_ cell: SweepStudy.Cell) -> String {
    zip(sweep.settings, cell.values).map { "\($0.path) = \($0.texts[$1])" }.joined(separator: ", ")
  }

  /// What an axis is called: a setting that a tornado knows has a name, others their path.
  private func name(ofSetting path: String) -> String {
    let inputs: [String: TornadoInput] = [
      "initial": .initial, "assetCorrelation": .assetCorrelation, "persistence": .persistence,
      "claimDelay": .claimDelay,
    ]
    let key = path.split(separator: ".").last.map(String.init) ?? path
    return inputs[key]?.name[words.language] ?? path
  }

  private func full(_ cell: SweepStudy.Cell) -> String {
    cell.value.map { words.figure($0, isProbability: sweep.figure.isProbability) } ?? "–"
  }

  private func grid(_ caption: ChartCaption) -> HeatMap {
    let columns = sweep.settings.last
    let width = max(1, columns?.texts.count ?? 1)
    let highest = sweep.cells.compactMap { $0.value?.value }.max() ?? 0
    let starts = stride(from: 0, to: sweep.cells.count, by: width)
    return HeatMap(
      caption,
      axes: (
        x: columns.map { name(ofSetting: $0.path) } ?? "",
        y: sweep.settings.count > 1 ? name(ofSetting: sweep.settings[0].path) : ""
      ), columns: columns?.texts ?? [],
      rows: starts.map { start in
        let cells = sweep.cells[start..<min(start + width, sweep.cells.count)]
        let name =
          sweep.settings.count > 1
          ? sweep.settings[0].texts[start / width] : sweep.figure.name[words.language]
        return (name: name, cells: cells.map { field($0, highest: highest) })
      })
  }

  private func field(_ cell: SweepStudy.Cell, highest: Double) -> HeatMap.Cell {
    guard let value = cell.value else {
      return HeatMap.Cell(
        strength: 0, text: "–",
        reading: ChartReading(label(cell), [ChartReading.Row("", words("not allowed", "不允许"))]))
    }
    return HeatMap.Cell(
      strength: highest > 0 ? value.value / highest : 0,
      text: words.figure(value, isProbability: sweep.figure.isProbability, withError: false),
      reading: ChartReading(label(cell), [ChartReading.Row("", full(cell))]))
  }
}
