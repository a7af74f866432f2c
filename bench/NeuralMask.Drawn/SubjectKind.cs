namespace NeuralMask.Drawn;

/// <summary>What is drawn: one hard kind of edge each.</summary>
public enum SubjectKind
{
    /// <summary>Long, loose hair.</summary>
    Hair,

    /// <summary>Short, dense fur.</summary>
    Fur,

    /// <summary>Threads with holes between them.</summary>
    Lace,

    /// <summary>A see-through body with a hard rim.</summary>
    Glass,

    /// <summary>Edges that are wide ramps.</summary>
    MotionBlur,

    /// <summary>A hard edge in hard light, with a cast shadow.</summary>
    HardLight,
}
