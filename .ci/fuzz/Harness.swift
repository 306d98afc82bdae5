import Calibration
import ClaimRules
import CompensationKernel
import Foundation
import FundCore
import PartialResults
import PolicyLibrary
import Reporting
import ScenarioInput
import Simulation

/// What libFuzzer calls with every input. `FUNDSIM_FUZZ` names the reader; a trap, a hang, a leak of
/// memory, or a result that contradicts itself is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  reader(bytes)
  return 0
}

/// Readers take paths; this folder is in memory.
private let folder: String = {
  let path = "/dev/shm/fundsim-fuzz-\(getpid())"
  try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  return path
}()

private let reader: ([UInt8]) -> Void = {
  switch ProcessInfo.processInfo.environment["FUNDSIM_FUZZ"] {
  case "scenario": return readsScenario
  case "programme": return readsProgramme
  case "tape": return readsTape
  case "register": return readsRegister
  case "history": return readsHistory
  case "ledger": return readsLedger
  case "state": return readsState
  case "part": return readsPart
  case "checkpoint": return readsCheckpoint
  case "workbook": return readsWorkbook
  case "http": return readsRequests
  case "wish": return readsWish
  default:
    print(
      """
      FUNDSIM_FUZZ: scenario, programme, tape, register, history, ledger, state, part, checkpoint,
      workbook, http or wish
      """)
    exit(2)
  }
}()

func write(_ name: String, _ bytes: [UInt8]) -> String {
  let path = folder + "/" + name
  let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  _ = bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
  close(file)
  return path
}

/// Problems have to be told: a refusal without a word is a finding, too.
func expectWords(_ diagnostics: Diagnostics) {
  precondition(!diagnostics.problems.isEmpty && !diagnostics.description.isEmpty)
}

private func readsScenario(_ bytes: [UInt8]) {
  do throws(Diagnostics) {
    use(try readScenario(path: write("scenario.yaml", bytes)))
  } catch {
    expectWords(error)
  }
}

/// What was read can be compiled, and if it is small, run: money is conserved on every path.
private func use(_ scenario: Scenario) {
  guard scenario.portfolio.loans.count < 2_000, scenario.horizon < 400 else { return }
  var plan = scenario.compiled(version: "fuzz").plan
  plan.trialCount = 2
  let result = simulate(plan, threads: 1)
  for fund in result.funds {
    precondition(fund.unbalancedTrials == 0 && fund.undividedTrials == 0)
  }
  precondition(RiskEstimates(result) != nil)
}

private func readsProgramme(_ bytes: [UInt8]) {
  do throws(Diagnostics) {
    _ = try readProgramme(path: write("programme.yaml", bytes))
  } catch {
    expectWords(error)
  }
}

private func readsTape(_ bytes: [UInt8]) {
  let scenario = write("tape-scenario.yaml", Array(tapeScenario.utf8))
  do throws(Diagnostics) {
    use(
      try readScenario(
        path: scenario, choices: ScenarioChoices(portfolio: write("tape.csv", bytes))))
  } catch {
    expectWords(error)
  }
}

/// A workbook as it is; or, of bytes that start with `<`, the sheet, the shared texts and the styles of one,
/// a zero byte between them: so the fuzzer reaches what lies behind the archive.
private func readsWorkbook(_ bytes: [UInt8]) {
  guard bytes.first == UInt8(ascii: "<") else { return readsTape(bytes) }
  let pieces = bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
  let targets = [("worksheet", "sheet"), ("sharedStrings", "texts"), ("styles", "styles")]
  var relations = "<Relationships>"
  for (type, name) in targets {
    relations += "<Relationship Id=\"\(name)\" Type=\"/\(type)\" Target=\"\(name).xml\"/>"
  }
  let list = "<workbook><sheets><sheet name=\"a\" id=\"sheet\"/></sheets></workbook>"
  var parts = [
    ("xl/workbook.xml", Array(list.utf8)),
    ("xl/_rels/workbook.xml.rels", Array((relations + "</Relationships>").utf8)),
  ]
  for ((_, name), piece) in zip(targets, pieces) { parts.append(("xl/\(name).xml", Array(piece))) }
  readsTape(archive(parts))
}

/// A ZIP archive whose parts are stored as they are.
private func archive(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
  func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }
  var body: [UInt8] = []
  var directory: [UInt8] = []
  for (name, bytes) in parts {
    // No time, no checksum, which a fuzzed build does not compare.
    let shape =
      number(0, 12) + number(bytes.count, 4) + number(bytes.count, 4)
      + number(name.utf8.count, 2) + number(0, 2)
    directory += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + shape + number(0, 10)
    directory += number(body.count, 4) + Array(name.utf8)
    body += number(0x0403_4B50, 4) + number(20, 2) + shape + Array(name.utf8) + bytes
  }
  let end =
    number(0x0605_4B50, 4) + number(0, 4) + number(parts.count, 2) + number(parts.count, 2)
    + number(directory.count, 4) + number(body.count, 4) + number(0, 2)
  return body + directory + end
}

private func readsRegister(_ bytes: [UInt8]) {
  var request = ReplayRequest(register: write("register.csv", bytes))
  request.programme = "baotou"
  request.options = [
    .model: "bank", .fund: "1000万", .start: "2024-01", .facts: "met", .badRows: "setAside",
  ]
  do throws(Diagnostics) {
    _ = try readRegister(request)
  } catch {
    expectWords(error)
  }
}

/// The fund of the states that the fuzzer starts from.
private let fund: FundAgreement? = {
  var request = ReplayRequest(
    register: write(
      "fund.csv",
      Array(
        """
        id,bank,enterprise,start,term,principal,size,collateral,rate,ipPart,repayment,overdueDate,lossPrincipal
        1,甲,x,2024-01-15,12,100万,small,patent,5%,100%,bullet,,

        """.utf8)))
  request.programme = "baotou"
  request.options = [.model: "bank", .fund: "1000万", .start: "2024-01", .facts: "met"]
  do throws(Diagnostics) {
    return try readRegister(request).funds.first
  } catch {
    print(error)
    return nil
  }
}()

/// What was read is written as the same, and a replay of its own loans goes on from it.
private func readsState(_ bytes: [UInt8]) {
  guard let fund else {
    print("the harness's own register is refused")
    exit(2)
  }
  do throws(Diagnostics) {
    let state = try StateFile.read(path: write("state.json", bytes))
    let again = StateFile.bytes(of: state)
    let other = try StateFile.read(path: write("again.json", again))
    precondition(StateFile.bytes(of: other) == again)
    guard state.loans.count < 500 else { return }
    let register = ClaimRegister(
      loans: state.loans.map(\.loan), banks: state.banks, enterprises: state.enterprises,
      until: state.day.advanced(byMonths: 24))
    for place in state.funds.indices {
      _ = replay(register, under: fund, from: state, fund: place)
    }
  } catch {
    expectWords(error)
  }
}

/// A yearly table, or a register with known heads.
private func readsHistory(_ bytes: [UInt8]) {
  do throws(Diagnostics) {
    use(try readHistory(HistoryRequest(file: write("history.csv", bytes))))
  } catch {
    expectWords(error)
  }
}

/// A register whose columns a terms file names.
private func readsLedger(_ bytes: [UInt8]) {
  var request = HistoryRequest(file: write("ledger.csv", bytes))
  request.terms = write("ledger.yaml", Array(ledgerTerms.utf8))
  do throws(Diagnostics) {
    use(try readHistory(request))
  } catch {
    expectWords(error)
  }
}

/// What was read can be calibrated and looked back at, if it is small.
private func use(_ table: HistoryTable) {
  guard table.history.cells.count < 9, table.history.grades.count < 4 else { return }
  let settings = CalibrationSettings(draws: 16, points: 256)
  do throws(HistoryProblems) {
    let result = try CalibrationResult(table.history, settings)
    precondition(result.draws.count == 16)
  } catch {
    preconditionFailure("what was read can be calibrated")
  }
  _ = table.record.ages?.curve
  _ = Backtest(
    table.history, from: table.history.years.upperBound - 1, settings: settings,
    losses: table.record.losses)
}

private func readsPart(_ bytes: [UInt8]) {
  let path = write("a.part", bytes)
  guard let part = try? PartFile(path: path), (try? part.checkFigures()) != nil,
    part.frame.plannedTrials < 100_000, part.frame.horizon < 400,
    let merged = try? MergedParts(paths: [path], engine: part.identity.engine)
  else { return }
  _ = try? RiskEstimates(merged, fundCount: merged.words.funds.count)
}

/// A small run, and a checkpoint of it without trials.
private let small: (plan: SimulationPlan, identity: RunIdentity, head: [UInt8])? = {
  let path = write("small.yaml", Array(generatedScenario.utf8))
  guard let compiled = try? readScenario(path: path).compiled(version: "fuzz") else { return nil }
  let identity = RunIdentity(compiled.source.provenance, shard: .whole)
  let file = folder + "/head"
  unlink(file)
  _ = try? CheckpointFile(path: file, identity: identity, interval: 1) { _ in }
  guard let head = try? Data(contentsOf: URL(filePath: file)) else { return nil }
  return (compiled.plan, identity, Array(head))
}()

/// The input as the segment of a checkpoint. Its first byte says whether length and checksum before
/// it are made right, or are part of the input.
private func readsCheckpoint(_ bytes: [UInt8]) {
  guard let small else {
    print("the harness's own scenario is refused")
    exit(2)
  }
  guard let first = bytes.first else { return }
  var segment = Array(bytes.dropFirst())
  if first < 250 {
    let count = UInt32(segment.count)
    segment = (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
      + [UInt8](repeating: 0, count: 12) + segment
  }
  let path = write("checkpoint", small.head + segment)
  guard
    let file = try? CheckpointFile(path: path, identity: small.identity, interval: 1, warn: { _ in })
  else { return }
  let control = RunControl()
  control.stop()
  let result = simulate(
    small.plan, trials: 0..<small.plan.trialCount, threads: 1, journal: file, control: control)
  file.finish()
  _ = RiskEstimates(result)
}
