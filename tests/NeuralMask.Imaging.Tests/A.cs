namespace NeuralMask.Imaging.Tests;
public class A { [Fact] public void One() => Assert.True(true); }
