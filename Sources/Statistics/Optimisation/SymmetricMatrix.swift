/// A small symmetric matrix, stored in full.
struct SymmetricMatrix {
  let size: Int
  private(set) var elements: [Double]

  init(identity size: Int, scale: Double = 1) {
    self.size = size
    elements = [Double](repeating: 0, count: size * size)
    for index in 0..<size { elements[index * size + index] = scale }
  }

  func times(_ vector: [Double]) -> [Double] {
    (0..<size).map { row in dot(Array(elements[row * size..<(row + 1) * size]), vector) }
  }

  /// Updates an inverse Hessian by what was seen of the curvature.
  ///
  /// The BFGS formula (Nocedal & Wright 2006, equation 6.17). Left out where the curvature seen is not positive, so that the matrix stays positive definite;
  /// then the answer is false.
  mutating func updateBFGS(move: [Double], change: [Double], rescaling: Bool) -> Bool {
    let curvature = dot(move, change)
    let scale = (dot(move, move) * dot(change, change)).squareRoot()
    guard curvature > 1e-14 * scale else { return false }
    if rescaling {
      // The first guess of the scale, from what was seen of the curvature (eq. 6.20).
      self = SymmetricMatrix(identity: size, scale: curvature / dot(change, change))
    }
    let product = times(change)
    let factor = (1 + dot(change, product) / curvature) / curvature
    for row in 0..<size {
      for column in 0..<size {
        elements[row * size + column] +=
          factor * move[row] * move[column]
          - (move[row] * product[column] + product[row] * move[column]) / curvature
      }
    }
    return true
  }
}
