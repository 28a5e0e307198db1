#include "core/learning/runoptions.h"

#include <algorithm>

namespace digitpad {

namespace {

Preset baseline()
{
    return {QStringLiteral("baseline"), QStringLiteral("Baseline"),
            QStringLiteral("The network most tutorials start with: 784-128-64-10, pixels from −1 to 1, Adam. "
                           "Reads about 97.3 % of MNIST's test images."),
            TrainingOptions(), std::nullopt};
}

Preset improved()
{
    TrainingOptions training;
    training.network = "mlp-dropout";
    training.normalization = NormalizationChoice::Exact;
    training.optimizer = "sgd";
    training.learningRate = 0.05;
    training.momentum = 0.9;
    training.schedule = "cosine";
    training.warmUp = 0.05;
    training.epochs = 20;
    return {
        QStringLiteral("improved"), QStringLiteral("Improved"),
        QStringLiteral("Still fully connected, but wider with dropout, the data's exact mean and standard "
                       "deviation, and SGD with momentum. Reads about 98.4 % of MNIST's test images."),
        training, std::nullopt};
}

Preset fastCnn()
{
    TrainingOptions training;
    training.network = "cnn-fast";
    training.normalization = NormalizationChoice::Exact;
    training.optimizer = "adam";
    training.learningRate = 0.01;
    training.beta1 = 0.7;
    training.beta2 = 0.9;
    training.schedule = "one-cycle";
    training.labelSmoothing = 0.05;
    training.batchSize = 128;
    training.epochs = 1;
    training.validationSplit = 0.05;
    return {QStringLiteral("fast-cnn"), QStringLiteral("Fast CNN"),
            QStringLiteral(
                "A small convolutional network that is done in seconds: one pass over the images, with a "
                "one-cycle schedule. Reads about 99.1 % of MNIST's test images."),
            training, std::nullopt};
}

Preset accurateCnn()
{
    TrainingOptions training;
    training.network = "cnn-deep";
    training.normalization = NormalizationChoice::Exact;
    training.optimizer = "adamw";
    training.learningRate = 0.002;
    training.weightDecay = 0.02;
    training.schedule = "cosine";
    training.warmUp = 0.05;
    training.batchSize = 128;
    training.epochs = 20;
    training.plainEpochs = 2;
    training.weightAverage = 0.999;
    training.validationSplit = 0.05;
    AugmentationOptions augmentation = AugmentationOptions();
    augmentation.rotate = 0.7;
    augmentation.slant = 0.7;
    augmentation.stretch = 0.7;
    augmentation.bend = 0.5;
    augmentation.plain = 0.3;
    augmentation.nudge = 1;
    return {QStringLiteral("accurate-cnn"), QStringLiteral("Accurate CNN"),
            QStringLiteral("Four convolutions on varied images, with averaged weights; takes some minutes."),
            training, augmentation};
}

Preset tiny()
{
    TrainingOptions training;
    training.network = "cnn-tiny";
    training.normalization = NormalizationChoice::Exact;
    training.optimizer = "adamw";
    training.learningRate = 0.01;
    training.weightDecay = 0.01;
    training.schedule = "one-cycle";
    training.batchSize = 128;
    training.epochs = 15;
    training.weightAverage = 0.999;
    training.validationSplit = 0.05;
    return {QStringLiteral("tiny"), QStringLiteral("Tiny"),
            QStringLiteral("A convolutional network of fewer than 10,000 parameters: how little is enough. "
                           "Reads about 99.3 % of MNIST's test images."),
            training, std::nullopt};
}

} // namespace

const std::vector<Preset>& presets()
{
    static const std::vector<Preset> table = {baseline(), improved(), fastCnn(), accurateCnn(), tiny()};
    return table;
}

const Preset* findPreset(const QString& name)
{
    const auto& table = presets();
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&name](const Preset& preset) { return preset.name == name; });
    return found == table.end() ? nullptr : &*found;
}

RunOptions withPreset(const Preset& preset, RunOptions options)
{
    options.training = preset.training;
    options.data.augmentation = preset.augmentation;
    return options;
}

} // namespace digitpad
