using NeuralMask.Imaging;

namespace NeuralMask.Api.Pipeline;

/// <summary>A finished answer and what its headers say of it.</summary>
/// <param name="File">The file; given back with the cut-out.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Width">Width of the answer in pixels.</param>
/// <param name="Height">Height of the answer in pixels.</param>
/// <param name="FullWidth">Width in pixels of the largest answer that the contract allows for this picture.</param>
/// <param name="FullHeight">Height in pixels of that answer.</param>
/// <param name="Foreground">Where the subject is, in the pixels of the picture that was sent.</param>
/// <param name="Uncertainty">How unsure the network was, 0 (not at all) to 1.</param>
public sealed record Cutout(EncodedFile File, string ContentType, int Width, int Height, int FullWidth, int FullHeight, ForegroundBox Foreground, double Uncertainty) : IDisposable
{
    /// <summary>The file's bytes, until it is disposed of.</summary>
    public ReadOnlyMemory<byte> Bytes => File.Bytes;

    /// <inheritdoc/>
    public void Dispose() => File.Dispose();
}
