namespace NeuralMask.Imaging;

/// <summary>Stores the rows of a resize as bytes.</summary>
/// <param name="target">Where the first row begins.</param>
/// <param name="stride">Bytes from one row to the next.</param>
/// <param name="length">Bytes of a row.</param>
internal readonly ref struct StoredRows<TForm>(Span<byte> target, int stride, int length) : IRowSink
    where TForm : IPixelForm
{
    private readonly Span<byte> _target = target;

    public void Put(int y, ReadOnlySpan<float> row) => TForm.Store(row, _target.Slice(y * stride, length));
}
