namespace NeuralMask.Api.Routing;

/// <summary>
/// The power of two choices by predicted work (Mitzenmacher, 2001): of two silos taken at random the one with less to
/// wait for. To pick the least loaded of all herds every front onto the same silo as soon as reports are a second old.
/// </summary>
public static class SiloSelector
{
    /// <summary>Picks a silo.</summary>
    /// <param name="silos">The silos that may take the picture.</param>
    /// <param name="dice">Where chance comes from.</param>
    /// <returns>One of them; null where there is none.</returns>
    public static SiloView? Pick(IReadOnlyList<SiloView> silos, Random dice)
    {
        switch (silos.Count)
        {
            case 0:
                return null;
            case 1:
                return silos[0];
            default:
                var first = dice.Next(silos.Count);
                var second = dice.Next(silos.Count - 1);
                second += second >= first ? 1 : 0;
                return silos[second].Wait < silos[first].Wait ? silos[second] : silos[first];
        }
    }
}
