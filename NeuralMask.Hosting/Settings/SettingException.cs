namespace NeuralMask.Hosting.Settings;

/// <summary>A setting is wrong. The message is one sentence that names it and says what to write instead.</summary>
public sealed class SettingException(string message) : Exception(message);
