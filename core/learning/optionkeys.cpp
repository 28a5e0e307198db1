#include "core/learning/optionkeys.h"

namespace digitpad {

static bool readValue(NormalizationChoice& target, const QJsonValue& value)
{
    const QString text = value.toString();
    target = text == u"exact" ? NormalizationChoice::Exact
             : text == u"own" ? NormalizationChoice::Own
                              : NormalizationChoice::Half;
    return text == u"half" || text == u"exact" || text == u"own";
}

static QJsonValue jsonValue(NormalizationChoice value)
{
    switch (value) {
    case NormalizationChoice::Exact:
        return QStringLiteral("exact");
    case NormalizationChoice::Own:
        return QStringLiteral("own");
    case NormalizationChoice::Half:
        break;
    }
    return QStringLiteral("half");
}

static QString jsonKind(const NormalizationChoice&)
{
    return QStringLiteral("“half”, “exact” or “own”");
}

static bool readValue(std::optional<AugmentationOptions>& target, const QJsonValue& value)
{
    target.reset();
    if (value == QJsonValue(QStringLiteral("none"))) {
        return true;
    }
    if (const auto options = augmentationFromText(value.toString().toStdString())) {
        target = *options;
    }
    return target.has_value();
}

static QJsonValue jsonValue(const std::optional<AugmentationOptions>& value)
{
    if (!value) {
        return QStringLiteral("none");
    }
    // Variations that all are 0 are not the same as none: they have a renderer.
    return *value == AugmentationOptions() ? QStringLiteral("plain=0")
                                           : QString::fromStdString(augmentationText(*value));
}

static QString jsonKind(const std::optional<AugmentationOptions>&)
{
    return QStringLiteral("“none”, “all”, or variations with strengths such as “rotate=1,shift=0.5”");
}

namespace {

/// What is left empty is the network's own, and left out.
template <class Value>
JsonKey<NetworkDetails> detail(const char* name, Value NetworkDetails::*member)
{
    JsonKey<NetworkDetails> result = jsonKey(name, member);
    result.mayBeMissing = true;
    result.write = [write = result.write, member](const NetworkDetails& details) {
        return details.*member == Value() ? QJsonValue(QJsonValue::Undefined) : write(details);
    };
    return result;
}

} // namespace

const JsonKeys<DataSource>& dataKeys()
{
    using Data = DataSource;
    static const JsonKeys<Data> keys = {
        jsonKey("parts", &Data::parts),
        jsonKey("syntheticCount", &Data::syntheticCount),
        jsonSeedKey("syntheticSeed", &Data::syntheticSeed),
        jsonKey("noDigitCount", &Data::noDigitCount),
        jsonKey("withNoDigits", &Data::withNoDigits),
        jsonKey("heldOutGroups", &Data::heldOutGroups),
        jsonKey("inkRepeats", &Data::inkRepeats),
        jsonKey("augmentation", &Data::augmentation),
    };
    return keys;
}

const JsonKeys<NetworkDetails>& detailKeys()
{
    static const JsonKeys<NetworkDetails> keys = {
        detail("hiddenWidths", &NetworkDetails::hiddenWidths),
        detail("activation", &NetworkDetails::activation),
        detail("batchNormalization", &NetworkDetails::batchNormalization),
        detail("dropout", &NetworkDetails::dropout),
    };
    return keys;
}

const JsonKeys<TrainingOptions>& trainingKeys()
{
    using Training = TrainingOptions;
    static const JsonKeys<Training> keys = {
        jsonKey("network", &Training::network),
        jsonKey("optimizer", &Training::optimizer),
        jsonKey("learningRate", &Training::learningRate),
        jsonKey("momentum", &Training::momentum),
        jsonKey("nesterov", &Training::nesterov),
        jsonKey("beta1", &Training::beta1),
        jsonKey("beta2", &Training::beta2),
        jsonKey("alpha", &Training::alpha),
        jsonKey("epsilon", &Training::epsilon),
        jsonKey("weightDecay", &Training::weightDecay),
        jsonKey("schedule", &Training::schedule),
        jsonKey("warmUp", &Training::warmUp),
        jsonKey("stepEpochs", &Training::stepEpochs),
        jsonKey("rateFactor", &Training::rateFactor),
        jsonKey("plateauPatience", &Training::plateauPatience),
        jsonKey("finalLearningRate", &Training::finalLearningRate),
        jsonKey("labelSmoothing", &Training::labelSmoothing),
        jsonKey("gradientClip", &Training::gradientClip),
        jsonKey("weightAverage", &Training::weightAverage),
        jsonKey("batchSize", &Training::batchSize),
        jsonKey("epochs", &Training::epochs),
        jsonKey("plainEpochs", &Training::plainEpochs),
        jsonKey("validationSplit", &Training::validationSplit),
        jsonKey("folds", &Training::folds),
        jsonKey("fold", &Training::fold),
        jsonKey("patience", &Training::patience),
        jsonSeedKey("seed", &Training::seed),
        jsonKey("normalization", &Training::normalization),
        jsonKey("mean", &Training::mean),
        jsonKey("standardDeviation", &Training::standardDeviation),
        jsonKey("device", &Training::device),
        jsonKey("threads", &Training::threads),
    };
    return keys;
}

} // namespace digitpad
