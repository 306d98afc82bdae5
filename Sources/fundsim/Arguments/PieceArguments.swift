import ArgumentParser
import FundCore
import PartialResults

/// What `run` is asked about a part of a run, or a part of the time.
struct PieceArguments: ParsableArguments {
  @Option(
    help: .text(
      en: "Run the trials of shard I of N (from 0/N) alone; --out names the file for the part.",
      zh: "只运行 N 个分片中的第 I 个（从0/N 起）；--out 为该分片的文件。"),
    transform: { text in
      guard let shard = Shard(text) else {
        throw ValidationError(
          en: "--shard takes I/N with 0 <= I < N <= \(Shard.largestCount), such as 0/64.",
          zh: "--shard 写成 I/N，0 <= I < N <= \(Shard.largestCount)，如0/64。")
      }
      return shard
    })
  var shard: Shard?
  @Option(
    help: .text(
      en: "Run only if this program is that engine, as 'fundsim engine' prints it.",
      zh: "只有本程序是该计算内核（'fundsim engine' 输出的标识）才运行。"))
  var engine: String?
  @Option(
    help: .text(
      en: "A file that keeps what is done; a run that was stopped or killed goes on from it.",
      zh: "检查点文件，保存已完成的部分；停止或中断的运行由此继续。"),
    completion: .file())
  var checkpoint: String?
  @Option(
    name: .customLong("checkpoint-every"),
    help: .text(en: "How often the checkpoint grows: 10s, 5m.", zh: "检查点的间隔：10s、5m。"))
  var checkpointEvery: Seconds = Seconds(value: 10)
  @Option(
    name: .customLong("time-limit"),
    help: .text(
      en: "Stop after so long: 90s, 10m, 2h; report that.", zh: "到时即停并报告：90s、10m、2h。"))
  var timeLimit: Seconds?
}

/// A time as it is typed: `90s`, `10m`, `2h`.
struct Seconds: ExpressibleByArgument {
  let value: Double

  init(value: Double) {
    self.value = value
  }

  init?(argument: String) {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
    guard let unit = argument.last.flatMap({ units[$0] }),
      let number = Double(argument.dropLast()), number > 0, number * unit <= 1e7
    else { return nil }
    value = number * unit
  }

  var defaultValueDescription: String { "\(Int(value))s" }
}
