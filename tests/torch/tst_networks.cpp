#include "core/learning/networks.h"
#include "core/torch/networks.h"

#include <QtTest>

using namespace digitpad;

namespace {

void addNetworkRows()
{
    QTest::addColumn<QString>("name");
    for (const NetworkDescription& network : networkDescriptions()) {
        QTest::newRow(network.name.c_str()) << QString::fromStdString(network.name);
    }
}

torch::Tensor someImages(std::int64_t count)
{
    torch::manual_seed(3);
    return torch::rand({count, 1, 28, 28});
}

} // namespace

class NetworksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasTheParametersItsDescriptionSays_data() { addNetworkRows(); }
    void hasTheParametersItsDescriptionSays()
    {
        QFETCH(QString, name);
        std::int64_t parameters = 0;
        for (const auto& parameter : makeNetwork(name.toStdString(), digitOutputs, 1)->parameters()) {
            parameters += parameter.numel();
        }
        QCOMPARE(parameters, findNetwork(name.toStdString())->parameters);
    }

    void givesTenOrElevenLogitsAnImage_data() { addNetworkRows(); }
    void givesTenOrElevenLogitsAnImage()
    {
        QFETCH(QString, name);
        for (const std::int64_t outputs : {digitOutputs, noDigitOutputs}) {
            const auto network = makeNetwork(name.toStdString(), outputs, 1);
            network->eval();
            const auto logits = network->forward(someImages(3));
            QCOMPARE(logits.dim(), std::int64_t{2});
            QCOMPARE(logits.size(0), std::int64_t{3});
            QCOMPARE(logits.size(1), outputs);
            QCOMPARE(network->outputs(), outputs);
        }
    }

    void preparedForInferenceItGivesTheSameLogits_data() { addNetworkRows(); }
    void preparedForInferenceItGivesTheSameLogits()
    {
        QFETCH(QString, name);
        const auto network = makeNetwork(name.toStdString(), digitOutputs, 1);
        const torch::NoGradGuard noGrad;
        for (auto& entry : network->named_parameters()) {
            if (entry.key().starts_with("bn")) {
                entry.value().uniform_(-1.5, 1.5);
            }
        }
        for (auto& entry : network->named_buffers()) {
            if (entry.value().is_floating_point()) {
                entry.value().uniform_(0.2, 3);
            }
        }
        network->eval();
        const auto before = network->forward(someImages(5));
        const auto alone = network->forward(someImages(1));
        network->prepareForInference();
        const auto difference = [&](const torch::Tensor& expected) {
            const auto logits = network->forward(someImages(expected.size(0)));
            return (logits - expected).abs().max().item<float>();
        };
        QVERIFY2(difference(before) < 1e-4F, qPrintable(QString::number(difference(before))));
        QVERIFY2(difference(alone) < 1e-4F, qPrintable(QString::number(difference(alone))));
    }

    void frozenBatchStatisticsStayInTraining()
    {
        const auto network = makeNetwork("cnn", digitOutputs, 1);
        network->freezeBatchStatistics();
        network->eval();
        network->train();
        const auto before = network->named_buffers()["bn1.running_mean"].clone();
        network->forward(someImages(4));
        QVERIFY(torch::equal(before, network->named_buffers()["bn1.running_mean"]));
        const auto other = makeNetwork("cnn", digitOutputs, 1);
        other->forward(someImages(4));
        QVERIFY(!torch::equal(before, other->named_buffers()["bn1.running_mean"]));
    }

    void followsFromTheSeed_data() { addNetworkRows(); }
    void followsFromTheSeed()
    {
        QFETCH(QString, name);
        const auto images = someImages(4);
        const auto logitsOf = [&](std::uint64_t seed) {
            const auto network = makeNetwork(name.toStdString(), digitOutputs, seed);
            network->train(); // Dropout follows from the seed, too.
            return network->forward(images);
        };
        QVERIFY(torch::equal(logitsOf(5), logitsOf(5)));
        QVERIFY(!torch::equal(logitsOf(5), logitsOf(6)));
    }

    void dropsOutOnlyInTraining()
    {
        const auto network = makeNetwork("mlp-dropout", digitOutputs, 1);
        const auto images = someImages(2);
        network->eval();
        QVERIFY(torch::equal(network->forward(images), network->forward(images)));
        network->train();
        QVERIFY(!torch::equal(network->forward(images), network->forward(images)));
    }

    void refusesAnUnknownName()
    {
        QVERIFY_EXCEPTION_THROWN(makeNetwork("resnet", digitOutputs, 1), std::invalid_argument);
    }
};

QTEST_GUILESS_MAIN(NetworksTest)
#include "tst_networks.moc"
