namespace NeuralMask.Imaging;

/// <summary>What every comparison asks of its two sides.</summary>
internal static class MaskPair
{
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static void ThrowUnlessSameSize(Mask predicted, Mask truth)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(truth);
        if (predicted.Width != truth.Width || predicted.Height != truth.Height)
        {
            throw new ArgumentException(
                $"A mask of {predicted.Width} × {predicted.Height} cannot be compared with one of {truth.Width} × {truth.Height}: spread it first.",
                nameof(predicted));
        }
    }
}
