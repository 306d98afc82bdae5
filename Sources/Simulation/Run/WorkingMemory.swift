/// The fixed memory of one thread: allocated once, written in every trial, freed with the thread.
///
/// Plain buffers in place of arrays, because a trial writes single elements of some twenty tables,
/// and an array that is a property checks its uniqueness at each of them. Measured at 10,000 loans:
/// 500 of 2,270 instructions a default. Debug builds check every index.
final class WorkingMemory {
  private var blocks: [UnsafeMutableRawPointer] = []
  private static let cacheLine = 64

  /// A table of so many equal elements.
  func table<Element: BitwiseCopyable>(
    _ element: Element, count: Int
  ) -> UnsafeMutableBufferPointer<Element> {
    let table: UnsafeMutableBufferPointer<Element> = room(count: count)
    table.initialize(repeating: element)
    return table
  }

  /// A table whose elements are written before they are read. Where it is large, the system has no memory
  /// to find for those that never are.
  func room<Element: BitwiseCopyable>(count: Int) -> UnsafeMutableBufferPointer<Element> {
    let block = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: Self.cacheLine)
    blocks.append(block)
    return UnsafeMutableBufferPointer(
      start: block.bindMemory(to: Element.self, capacity: max(1, count)), count: count)
  }

  /// A table with the elements of an array.
  func table<Element: BitwiseCopyable>(
    of elements: [Element]
  ) -> UnsafeMutableBufferPointer<Element> {
    guard let first = elements.first else {
      return UnsafeMutableBufferPointer(start: nil, count: 0)
    }
    let copy = table(first, count: elements.count)
    _ = copy.update(from: elements)
    return copy
  }

  deinit {
    for block in blocks { block.deallocate() }
  }
}
