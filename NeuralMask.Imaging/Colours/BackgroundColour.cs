using System.Globalization;

namespace NeuralMask.Imaging;

/// <summary>A colour to lay behind a picture: 8-bit sRGB with straight alpha.</summary>
/// <param name="Red">Red.</param>
/// <param name="Green">Green.</param>
/// <param name="Blue">Blue.</param>
/// <param name="Alpha">0 is transparent, 255 opaque.</param>
public readonly record struct BackgroundColour(byte Red, byte Green, byte Blue, byte Alpha)
{
    /// <summary>Opaque white: what a JPEG gets where nothing else is asked for.</summary>
    public static BackgroundColour White { get; } = new(255, 255, 255, 255);

    /// <summary>
    /// Reads a colour: 3, 4, 6 or 8 hexadecimal digits (RGB, RGBA, RRGGBB, RRGGBBAA) with or without <c>#</c>, or a CSS
    /// colour name, in any case, with or without spaces around it.
    /// </summary>
    /// <param name="text">The colour.</param>
    /// <param name="colour">The colour read; all zero where none was.</param>
    /// <returns>False where the text is no colour.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out BackgroundColour colour)
    {
        text = text.Trim();
        if (CssColours.TryFind(text, out var rgba))
        {
            colour = Of(rgba);
            return true;
        }

        return TryParseHex(text.StartsWith('#') ? text[1..] : text, out colour);
    }

    private static bool TryParseHex(ReadOnlySpan<char> digits, out BackgroundColour colour)
    {
        colour = default;

        // The number parser takes no sign with this style, but would take digits of any length.
        if (digits.Length is not (3 or 4 or 6 or 8)
            || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        colour = digits.Length switch
        {
            3 => Of((Doubled(value) << 8) | 0xFF),
            4 => Of(Doubled(value)),
            6 => Of((value << 8) | 0xFF),
            _ => Of(value),
        };
        return true;
    }

    // Each digit stands for two equal ones.
    private static uint Doubled(uint value)
    {
        var spread = (value & 0xF) | ((value & 0xF0) << 4) | ((value & 0xF00) << 8) | ((value & 0xF000) << 12);
        return spread * 0x11;
    }

    private static BackgroundColour Of(uint rgba) => new((byte)(rgba >> 24), (byte)(rgba >> 16), (byte)(rgba >> 8), (byte)rgba);
}
