using NeuralMask.Quality;

return Choice.Read(args) switch
{
    { Pictures: { } pictures, Alphas: { } alphas } choice => FolderRun.Run(pictures, alphas, choice.Masks, choice.Connectivity),
    { Timing: true } => TimingRun.Run(),
    { Drawn: true } choice => DrawnRun.Run(choice.Connectivity),
    _ => Choice.Explain(),
};
