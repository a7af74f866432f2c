namespace NeuralMask.Grains.Inference.SelfTest;

/// <summary>Numbers that are the same on every machine and runtime: Knuth's MMIX linear congruential generator.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public float Between(float low, float high)
    {
        _state = unchecked((_state * 6364136223846793005UL) + 1442695040888963407UL);
        return low + ((high - low) * ((_state >> 40) / (float)(1 << 24)));
    }
}
