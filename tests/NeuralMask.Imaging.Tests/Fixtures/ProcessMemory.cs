using System.Globalization;

namespace NeuralMask.Imaging.Tests;

/// <summary>Memory of this process as the system sees it, native memory included.</summary>
internal static class ProcessMemory
{
    /// <summary>Bytes that are resident now.</summary>
    public static long Resident => Environment.WorkingSet;

    /// <summary>Most bytes that were resident since <see cref="ResetPeak"/>; Linux only.</summary>
    public static long Peak => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))[6..].Trim().Split(' ')[0],
        CultureInfo.InvariantCulture);

    /// <summary>Lets <see cref="Peak"/> begin anew; false where the system does not.</summary>
    public static bool ResetPeak()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
