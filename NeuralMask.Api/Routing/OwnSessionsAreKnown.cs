using NeuralMask.Hosting.Health;
using NeuralMask.Hosting.Models;

namespace NeuralMask.Api.Routing;

/// <summary>
/// A process that is front and silo in one is ready once its front has heard its own sessions, which is one beat after
/// they are warm. A front of a cluster is ready without any silo: they come and go.
/// </summary>
internal sealed class OwnSessionsAreKnown(SiloDirectory silos, ModelLocation models) : IReadinessCondition
{
    public string? Obstacle => silos.Knows(models.Id) ? null : "The front has not heard yet that the model is warm.";
}
