namespace NeuralMask.Drawn;

/// <summary>Something with an edge that is hard to cut out.</summary>
internal interface ISubject
{
    /// <summary>Its prevailing colour: what a background of the same colour takes.</summary>
    Colour Colour { get; }

    /// <summary>Draws it.</summary>
    void Draw(SubjectLayer layer, DrawnDice dice);

    /// <summary>How much light its shadow leaves to a place of the background, from 0 to 1.</summary>
    float Light(float x, float y, SubjectLayer layer) => 1;
}
