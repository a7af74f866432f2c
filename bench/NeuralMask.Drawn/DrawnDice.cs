namespace NeuralMask.Drawn;

/// <summary>
/// Dice of our own, so that a drawn picture is the same with every version of .NET: SplitMix64 (Steele, Lea, Flood,
/// "Fast splittable pseudorandom number generators", 2014), with that paper's constants.
/// </summary>
/// <param name="seed">Any number; the same one gives the same throws.</param>
internal sealed class DrawnDice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The finaliser alone, for noise that is a function of a place.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>From 0 to below 1.</summary>
    public float Unit() => (Mix(_state += 0x9E3779B97F4A7C15) >> 40) * (1f / (1 << 24));

    /// <summary>From one number to below another.</summary>
    public float Between(float low, float high) => low + ((high - low) * Unit());

    /// <summary>Twelve throws, less six: near enough to the normal distribution of mean 0 and deviation 1.</summary>
    public float Normal()
    {
        var sum = -6f;
        for (var i = 0; i < 12; i++)
        {
            sum += Unit();
        }

        return sum;
    }
}
