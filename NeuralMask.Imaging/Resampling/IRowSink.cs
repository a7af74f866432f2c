namespace NeuralMask.Imaging;

/// <summary>Takes the rows of a resize, from the top.</summary>
internal interface IRowSink
{
    /// <summary>Takes a row of four floats a pixel, in the form that it was resized in; valid during the call.</summary>
    void Put(int y, ReadOnlySpan<float> row);
}
