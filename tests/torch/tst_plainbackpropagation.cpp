#include "core/torch/flatparameters.h"
#include "core/torch/networks.h"
#include "core/torch/plainbackpropagation.h"

#include <QtTest>
#include <torch/nn/functional/loss.h>

#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace digitpad;

namespace {

double largestDifference(const torch::Tensor& one, const torch::Tensor& other)
{
    return (one - other).abs().max().item<double>();
}

std::vector<std::int64_t> labelsOf(std::int64_t count, std::int64_t outputs)
{
    std::vector<std::int64_t> labels;
    for (std::int64_t i = 0; i < count; ++i) {
        labels.push_back(i * 7 % outputs);
    }
    return labels;
}

torch::Tensor autogradLoss(const torch::Tensor& logits, std::vector<std::int64_t> labels, double smoothing)
{
    namespace functional = torch::nn::functional;
    const torch::Tensor truth = torch::tensor(labels, torch::kInt64);
    return functional::cross_entropy(logits, truth,
                                     functional::CrossEntropyFuncOptions().label_smoothing(smoothing));
}

NetworkDetails withWidths(std::vector<int> widths)
{
    NetworkDetails details;
    details.hiddenWidths = std::move(widths);
    return details;
}

} // namespace

class PlainBackpropagationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameAsAutograd_data()
    {
        QTest::addColumn<std::vector<int>>("widths");
        QTest::addColumn<std::int64_t>("outputs");
        QTest::addColumn<double>("smoothing");
        QTest::newRow("baseline") << std::vector<int>{128, 64} << digitOutputs << 0.0;
        QTest::newRow("one layer, no digits, smoothed") << std::vector<int>{32} << noDigitOutputs << 0.1;
        QTest::newRow("four layers") << std::vector<int>{40, 30, 20} << digitOutputs << 0.3;
    }

    void sameAsAutograd()
    {
        QFETCH(const std::vector<int>, widths);
        QFETCH(const std::int64_t, outputs);
        QFETCH(const double, smoothing);
        const auto network = makeNetwork("mlp", withWidths(widths), outputs, 5);
        network->train();
        const torch::Tensor gradient = flattenGradients(*network);
        PlainBackpropagation plain(network->plainLayers());
        // What came before leaves no trace, with another number of images neither.
        for (const std::int64_t images : {8, 48, 3}) {
            const torch::Tensor input = torch::randn({images, digitPixels});
            const auto labels = labelsOf(images, outputs);

            gradient.zero_();
            const torch::Tensor loss = autogradLoss(network->forward(input), labels, smoothing);
            loss.backward();
            const torch::Tensor expected = gradient.clone();

            gradient.fill_(100);
            plain.input(images).copy_(input);
            const torch::Tensor& logits = plain.forward();
            QVERIFY(largestDifference(logits, network->forward(input)) < 1e-6);
            plain.logitsGradient().fill_(100);
            const double plainLoss = crossEntropyWithGradient(
                logits, labels, smoothing, static_cast<double>(images), plain.logitsGradient());
            QVERIFY(std::abs(plainLoss - loss.item<double>()) < 1e-5);
            plain.backward();
            for (const torch::Tensor& parameter : network->parameters()) {
                const std::int64_t offset = parameter.grad().storage_offset();
                const torch::Tensor wanted =
                    expected.narrow(0, offset, parameter.numel()).view(parameter.sizes());
                QVERIFY(largestDifference(parameter.grad(), wanted) < 1e-6);
                QVERIFY(wanted.abs().max().item<double>() > 1e-4);
            }
        }
    }

    /// Losses that float's exponentials cannot hold are still numbers, and NaN does not pass as one.
    void extremeLogits()
    {
        torch::Tensor delta = torch::empty({2, 10});
        torch::Tensor logits = torch::zeros({2, 10});
        logits[0][3] = 1000;
        logits[1][4] = -1000;
        const double loss = crossEntropyWithGradient(logits, {0, 4}, 0, 2, delta);
        QVERIFY(std::abs(loss - (1000 + 1000 + std::log(9.0)) / 2) < 1e-3);
        QCOMPARE(delta[0][3].item<float>(), 0.5F);
        QCOMPARE(delta[0][0].item<float>(), -0.5F);
        QVERIFY(delta.isfinite().all().item<bool>());
        logits[1][9] = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(std::isnan(crossEntropyWithGradient(logits, {0, 4}, 0, 2, delta)));
    }

    void sharesOfABatchAddUp()
    {
        const torch::Tensor logits = torch::randn({6, 10});
        const auto labels = labelsOf(6, 10);
        torch::Tensor whole = torch::empty({6, 10});
        const double loss = crossEntropyWithGradient(logits, labels, 0.1, 6, whole);
        torch::Tensor first = torch::empty({2, 10});
        torch::Tensor second = torch::empty({4, 10});
        const double sum = crossEntropyWithGradient(logits.narrow(0, 0, 2),
                                                    {labels.begin(), labels.begin() + 2}, 0.1, 6, first) +
                           crossEntropyWithGradient(logits.narrow(0, 2, 4),
                                                    {labels.begin() + 2, labels.end()}, 0.1, 6, second);
        QVERIFY(std::abs(loss - sum) < 1e-6);
        QVERIFY(torch::equal(torch::cat({first, second}), whole));
    }

    /// A network with anything but linear layers and ReLU goes through autograd.
    void whoIsPlain()
    {
        QCOMPARE(makeNetwork("mlp", digitOutputs, 1)->plainLayers().size(), std::size_t(3));
        for (const char* name : {"mlp-dropout", "lenet5", "cnn-fast", "cnn-tiny", "cnn", "cnn-deep"}) {
            QVERIFY2(makeNetwork(name, digitOutputs, 1)->plainLayers().empty(), name);
        }
        NetworkDetails details;
        details.activation = "tanh";
        QVERIFY(makeNetwork("mlp", details, digitOutputs, 1)->plainLayers().empty());
        details = {};
        details.dropout = 0.1;
        QVERIFY(makeNetwork("mlp", details, digitOutputs, 1)->plainLayers().empty());
        details = {};
        details.batchNormalization = true;
        QVERIFY(makeNetwork("mlp", details, digitOutputs, 1)->plainLayers().empty());
        details = {};
        details.dropout = 0;
        QCOMPARE(makeNetwork("mlp-dropout", details, digitOutputs, 1)->plainLayers().size(), std::size_t(3));
    }
};

QTEST_GUILESS_MAIN(PlainBackpropagationTest)
#include "tst_plainbackpropagation.moc"
