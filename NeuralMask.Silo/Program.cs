using NeuralMask.Hosting.Startup;
using NeuralMask.Silo;

return await Launch.Run(SiloApp.Build, args);
