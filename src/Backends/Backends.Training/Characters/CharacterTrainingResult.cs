namespace Backends.Training.Characters;

/// <summary>How a character model's training ended.</summary>
/// <param name="Training">The trainer's own account.</param>
/// <param name="HeldOutLoss">Loss over the whole held-out end of the text, in nats a character, or null when the training was cancelled.</param>
/// <param name="Characters">Different characters.</param>
/// <param name="Parameters">Parameters of the model.</param>
public sealed record CharacterTrainingResult(TrainingResult Training, double? HeldOutLoss, int Characters, long Parameters);
