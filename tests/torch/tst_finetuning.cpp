#include "core/torch/model.h"
#include "tests/torch/testdata.h"

#include <QtTest>

using namespace digitpad;

namespace {

TrainingOptions someOptions(const char* network)
{
    TrainingOptions options;
    options.network = network;
    options.epochs = 2;
    options.batchSize = 32;
    options.learningRate = 0.003;
    return options;
}

/// A hand of its own: every digit turned upside down.
DigitSet upsideDown(const DigitSet& set)
{
    DigitSet turned;
    turned.name = "My digits";
    for (std::size_t i = 0; i < set.size(); ++i) {
        DigitImage image = set.digitImage(i);
        std::reverse(image.pixels.begin(), image.pixels.end());
        turned.add(image, set.labels[i]);
    }
    return turned;
}

Result<TrainingResult> tuned(const Model& start, TrainingOptions options, const TrainingData& data)
{
    RecordingObserver observer;
    const auto validated = validate(options, 1'000'000);
    if (!validated) {
        return validated.error();
    }
    return torchEngine().fineTune(start, *validated, data, observer);
}

torch::Tensor bufferOf(const Model& model, const char* name)
{
    return dynamic_cast<const TorchModel&>(model).network().named_buffers()[name];
}

torch::Tensor parameterOf(const Model& model, const char* name)
{
    return dynamic_cast<const TorchModel&>(model).network().named_parameters()[name];
}

/// Not the engine's.
class ForeignModel final : public Model
{
public:
    const ModelInfo& info() const override { return m_info; }
    Result<std::unique_ptr<Classifier>> makeClassifier() const override { return Error{}; }
    Result<Evaluation> evaluate(const DigitSet&, const std::function<bool()>&) const override
    {
        return Error{};
    }
    Result<Explanation> explain(const DigitImage&, int, int) const override { return Error{}; }
    Result<void> save(const std::string&) const override { return Error{}; }

private:
    ModelInfo m_info;
};

} // namespace

class FineTuningTest : public QObject
{
    Q_OBJECT

    TrainingData m_data;
    std::shared_ptr<const Model> m_start;
    TrainingData m_mine; ///< Ten of each digit to learn from, others to see what came of it.

private Q_SLOTS:
    void initTestCase()
    {
        m_data = dataWithNoDigits(1'500, 200, 200);
        RecordingObserver observer;
        TrainingOptions options = someOptions("cnn");
        options.normalization = NormalizationChoice::Exact;
        options.weightAverage = 0.9;
        const auto result = trained(options, m_data, observer);
        QVERIFY(result.ok());
        m_start = result->last;
        m_mine.training = std::make_shared<const DigitSet>(upsideDown(syntheticDigits(200, 21, {})));
        m_mine.validation = std::make_shared<const DigitSet>();
        m_mine.test = std::make_shared<const DigitSet>(upsideDown(syntheticDigits(200, 22, {})));
    }

    void learnsAHandAndLeavesTheModelAsItWas()
    {
        const double before = m_start->evaluate(*m_mine.test, {})->accuracy;
        const auto reading = readingOf(*m_start, m_data.test->digitImage(0));
        TrainingOptions options = someOptions("cnn");
        options.epochs = 6;
        const auto result = tuned(*m_start, options, m_mine);
        QVERIFY2(result.ok(), result ? "" : result.error().message.c_str());
        const double after = result->last->evaluate(*m_mine.test, {})->accuracy;
        QVERIFY2(after > before + 0.15, qPrintable(QStringLiteral("%1, then %2").arg(before).arg(after)));
        QCOMPARE(result->last->info().testAccuracy, after);
        QCOMPARE(m_start->evaluate(*m_mine.test, {})->accuracy, before);
        QVERIFY(readingOf(*m_start, m_data.test->digitImage(0)).probabilities == reading.probabilities);
    }

    void keepsWhatBelongsToTheModel()
    {
        TrainingOptions options = someOptions("mlp"); // Whatever the options say.
        options.normalization = NormalizationChoice::Half;
        const auto result = tuned(*m_start, options, m_mine);
        QVERIFY(result.ok());
        const ModelInfo& before = m_start->info();
        const ModelInfo& after = result->last->info();
        QCOMPARE(after.network, std::string("cnn"));
        QCOMPARE(after.options.network, std::string("cnn"));
        QCOMPARE(after.mean, before.mean);
        QCOMPARE(after.standardDeviation, before.standardDeviation);
        QCOMPARE(after.temperature, before.temperature);
        QVERIFY(after.hasNoDigitClass);
        QCOMPARE(after.digitScoring->slope, before.digitScoring->slope);
        QCOMPARE(after.digitScoring->offset, before.digitScoring->offset);
        QCOMPARE(after.digitScoring->threshold, before.digitScoring->threshold);
        QCOMPARE(after.trainedOn, before.trainedOn + " + My digits");
        for (const char* buffer : {"bn1.running_mean", "bn2.running_var", "bn3.num_batches_tracked"}) {
            QVERIFY(torch::equal(bufferOf(*m_start, buffer), bufferOf(*result->last, buffer)));
        }
    }

    void keepsItsEarlyConvolutions()
    {
        const auto result = tuned(*m_start, someOptions("cnn"), m_mine);
        QVERIFY(result.ok());
        for (const char* kept : {"conv1.weight", "bn1.weight", "bn1.bias"}) {
            QVERIFY2(torch::equal(parameterOf(*m_start, kept), parameterOf(*result->last, kept)), kept);
        }
        for (const char* learned : {"conv2.weight", "bn2.bias", "conv3.weight", "fc1.weight", "fc2.bias"}) {
            QVERIFY2(!torch::equal(parameterOf(*m_start, learned), parameterOf(*result->last, learned)),
                     learned);
        }
    }

    void needsNoValidation()
    {
        for (const auto& none : {std::shared_ptr<const DigitSet>(), std::make_shared<const DigitSet>()}) {
            TrainingData data = m_mine;
            data.validation = none;
            const auto result = tuned(*m_start, someOptions("cnn"), data);
            QVERIFY(result.ok());
            QCOMPARE(result->best, result->last);
            QCOMPARE(result->epochs.size(), std::size_t{2});
            QCOMPARE(result->epochs.back().validationLoss, -1.0);
            QCOMPARE(result->epochs.back().validationAccuracy, -1.0);
            QVERIFY(!result->epochs.back().best);
            QCOMPARE(result->last->info().validationAccuracy, -1.0);
        }
    }

    void validatesWhereItCan()
    {
        TrainingData data = m_mine;
        data.validation = m_mine.test;
        const auto result = tuned(*m_start, someOptions("cnn"), data);
        QVERIFY(result.ok());
        QVERIFY(result->epochs.back().validationLoss > 0);
        QCOMPARE(result->best->info().digitScoring->threshold, m_start->info().digitScoring->threshold);
    }

    void averagesWeightsFromTheModelOn()
    {
        TrainingOptions options = someOptions("cnn");
        options.learningRate = 1e-9;
        options.weightAverage = 0.99;
        const auto result = tuned(*m_start, options, m_mine);
        QVERIFY(result.ok());
        const DigitImage image = m_data.test->digitImage(0);
        const auto before = readingOf(*m_start, image).probabilities;
        const auto after = readingOf(*result->last, image).probabilities;
        for (std::size_t i = 0; i < before.size(); ++i) {
            QVERIFY(std::abs(before[i] - after[i]) < 1e-4F);
        }
    }

    void sameSeedGivesTheSameBits()
    {
        const auto one = tuned(*m_start, someOptions("cnn"), m_mine);
        const auto other = tuned(*m_start, someOptions("cnn"), m_mine);
        const DigitImage image = m_mine.test->digitImage(0);
        QVERIFY(readingOf(*one->last, image).probabilities == readingOf(*other->last, image).probabilities);
    }

    void refusesLabelsThatTheNetworkDoesNotKnow()
    {
        RecordingObserver observer;
        const auto digitsOnly = trained(someOptions("mlp"), syntheticTrainingData(64, 16, 0), observer);
        QVERIFY(digitsOnly.ok());
        const auto result = tuned(*digitsOnly->last, someOptions("mlp"), m_data);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::InvalidInput);
        QVERIFY(QString::fromStdString(result.error().message).contains(QStringLiteral("no digits")));
    }

    void refusesAForeignModel()
    {
        const auto result = tuned(ForeignModel(), someOptions("mlp"), m_mine);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::InvalidInput);
    }

    void refusesToLearnFromNothing()
    {
        TrainingData data;
        QVERIFY(!tuned(*m_start, someOptions("cnn"), data).ok());
        data.training = std::make_shared<const DigitSet>();
        QVERIFY(!tuned(*m_start, someOptions("cnn"), data).ok());
    }
};

QTEST_GUILESS_MAIN(FineTuningTest)
#include "tst_finetuning.moc"
