using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Hosting.Models;

/// <summary>Words for a disk that will not take what is written.</summary>
internal static class StoreWriting
{
    // The number that Unix systems and Windows give for a full disk.
    private const int NoSpaceUnix = 28;
    private const int NoSpaceWindows = unchecked((int)0x80070070);

    public static ModelException Explain(string path, Exception error) => new(
        error.HResult is NoSpaceUnix or NoSpaceWindows
            ? $"{path} cannot be written since the disk is full; free some space or set {DataFolder.Setting} to another disk, and run the same again: what is there already is kept."
            : $"{path} cannot be written ({error.Message}); let this user write there or set {DataFolder.Setting} to a folder that may be written.",
        error);
}
