namespace NeuralMask.Imaging;

/// <summary>What is known of a cut-out once it is made.</summary>
/// <param name="Uncertainty">The share of the subject that the network left undecided, 0 to 1: <see cref="MaskUncertainty.Of"/>.</param>
public readonly record struct FinishedMatte(double Uncertainty);
