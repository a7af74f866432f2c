using NeuralMask.Api;
using NeuralMask.Hosting.Startup;

return await Launch.Run(FrontApp.Build, args);
