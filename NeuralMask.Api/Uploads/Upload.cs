namespace NeuralMask.Api.Uploads;

/// <summary>What a client sent, whichever way it was packed.</summary>
/// <param name="Fields">Plain values by name; a value that is empty or null in the request is not there.</param>
/// <param name="Files">Files by the name of their field; a file without bytes is not there.</param>
public sealed record Upload(IReadOnlyDictionary<string, string> Fields, IReadOnlyList<UploadedFile> Files)
{
    /// <summary>The value of a field, or null.</summary>
    public string? this[string field] => Fields.GetValueOrDefault(field);
}

/// <summary>A file of an upload.</summary>
/// <param name="Field">Name of the form's field.</param>
/// <param name="Bytes">What is in it.</param>
public sealed record UploadedFile(string Field, ReadOnlyMemory<byte> Bytes);
