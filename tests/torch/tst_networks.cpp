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

    void givesTenLogitsAnImage_data() { addNetworkRows(); }
    void givesTenLogitsAnImage()
    {
        QFETCH(QString, name);
        const auto network = makeNetwork(name.toStdString(), digitOutputs, 1);
        network->eval();
        const auto logits = network->forward(someImages(3));
        QCOMPARE(logits.dim(), std::int64_t{2});
        QCOMPARE(logits.size(0), std::int64_t{3});
        QCOMPARE(logits.size(1), std::int64_t{10});
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
