using NeuralMask.Hosting.Metrics;

namespace NeuralMask.Api.Faults;

/// <summary>Why a request gets no cut-out, before it is put into the form of the path it came by.</summary>
/// <param name="Code">remove.bg's word for it where there is one.</param>
/// <param name="Status">HTTP status on this project's own paths.</param>
/// <param name="Title">What is wrong, the same for every fault of this code.</param>
/// <param name="Detail">What is wrong with this request, and what to do about it.</param>
public sealed record Fault(string Code, int Status, string Title, string Detail)
{
    /// <summary>When it is worth asking again; null where asking again cannot help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>HTTP status on remove.bg's paths, where every fault of the picture or a parameter is 400.</summary>
    public int RemoveBgStatus => Status switch
    {
        401 => 403,
        411 or 413 or 415 or 422 => 400,
        _ => Status,
    };

    /// <summary>How metrics count it.</summary>
    public FaultClass Class => OfStatus(Status);

    /// <summary>How metrics count a status of 400 and above.</summary>
    public static FaultClass OfStatus(int status) => status switch
    {
        429 or 503 => FaultClass.Overload,
        >= 500 => FaultClass.Server,
        _ => FaultClass.Client,
    };
}

/// <summary>Carries a <see cref="Fault"/> to the edge of the request.</summary>
public sealed class FaultException(Fault fault) : Exception(fault.Detail)
{
    /// <summary>The fault.</summary>
    public Fault Fault { get; } = fault;
}
