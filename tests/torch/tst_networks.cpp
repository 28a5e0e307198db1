#include "core/learning/networks.h"
#include "core/learning/networksummary.h"
#include "core/torch/networks.h"

#include <QtTest>
#include <c10/core/InferenceMode.h>

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

/// Parameters and statistics that are not the initial ones.
void giveBatchNormalisationSomethingToDo(DigitNet& network)
{
    const torch::NoGradGuard noGrad;
    for (auto& entry : network.named_parameters()) {
        if (entry.key().starts_with("bn")) {
            entry.value().uniform_(-1.5, 1.5);
        }
    }
    for (auto& entry : network.named_buffers()) {
        if (entry.value().is_floating_point()) {
            entry.value().uniform_(0.2, 3);
        }
    }
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

    /// Every network with every detail that it takes, alone and together.
    void detailsChangeTheNetwork_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<std::vector<int>>("widths");
        QTest::addColumn<QString>("activation");
        QTest::addColumn<int>("batchNormalization"); // -1 for the network's own
        QTest::addColumn<double>("dropout");         // -1 likewise
        const std::vector<int> own;
        for (const NetworkDescription& network : networkDescriptions()) {
            const QString name = QString::fromStdString(network.name);
            const auto row = [&](const char* what) -> QTestData& {
                return QTest::addRow("%s, %s", network.name.c_str(), what);
            };
            row("own") << name << own << QString() << -1 << -1.0;
            row("no batch normalisation") << name << own << QString() << 0 << -1.0;
            row("batch normalisation") << name << own << QString() << 1 << -1.0;
            row("dropout") << name << own << QString() << -1 << 0.3;
            for (const std::string& activation : activationNames()) {
                row(activation.c_str()) << name << own << QString::fromStdString(activation) << -1 << -1.0;
            }
            if (!network.hiddenWidths.empty()) {
                row("widths") << name << std::vector<int>{7, 5, 3} << QStringLiteral("gelu") << 1 << 0.5;
            }
        }
    }
    void detailsChangeTheNetwork()
    {
        QFETCH(QString, name);
        QFETCH(std::vector<int>, widths);
        QFETCH(QString, activation);
        QFETCH(int, batchNormalization);
        QFETCH(double, dropout);
        NetworkDetails details;
        details.hiddenWidths = widths;
        details.activation = activation.toStdString();
        if (batchNormalization >= 0) {
            details.batchNormalization = batchNormalization == 1;
        }
        if (dropout >= 0) {
            details.dropout = dropout;
        }
        for (const std::int64_t outputs : {digitOutputs, noDigitOutputs}) {
            const auto network = makeNetwork(name.toStdString(), details, outputs, 1);
            // The table that people see says the same as the modules.
            QCOMPARE(parameterCount(name.toStdString(), details, static_cast<int>(outputs)),
                     network->parameterCount());
            const auto layers = summarizeNetwork(name.toStdString(), details, static_cast<int>(outputs));
            std::int64_t sum = 0;
            for (const LayerSummary& layer : layers) {
                sum += layer.parameters;
            }
            QCOMPARE(sum, network->parameterCount());
            QCOMPARE(QString::fromStdString(layers.back().output), QString::number(outputs));

            network->train(); // Batch statistics that are not the initial ones.
            network->forward(someImages(8));
            network->eval();
            const c10::InferenceMode inference;
            const auto before = network->forward(someImages(3));
            network->prepareForInference();
            QVERIFY(torch::allclose(network->forward(someImages(3)), before, 1e-3, 1e-4));
            QVERIFY(torch::allclose(network->forward(someImages(3).narrow(0, 0, 1)), before.narrow(0, 0, 1),
                                    1e-3, 1e-4));
        }
    }

    /// The table's rows with parameters are the modules, in their order.
    void summaryFollowsTheModules_data() { addNetworkRows(); }
    void summaryFollowsTheModules()
    {
        QFETCH(QString, name);
        const std::string network = name.toStdString();
        for (const bool normalized : {false, true}) {
            const NetworkDetails details{{}, {}, normalized};
            std::vector<LayerSummary> rows = summarizeNetwork(network, details, 11);
            std::erase_if(rows, [](const LayerSummary& row) { return row.parameters == 0; });
            const auto made = makeNetwork(network, details, 11, 1);
            QCOMPARE(rows.size(), made->children().size());
            for (std::size_t i = 0; i < rows.size(); ++i) {
                std::int64_t parameters = 0;
                for (const auto& parameter : made->children()[i]->parameters()) {
                    parameters += parameter.numel();
                }
                QCOMPARE(rows[i].parameters, parameters);
                // The first number of the output: channels, or units.
                const std::int64_t width = made->children()[i]->parameters()[0].size(0);
                QCOMPARE(QString::fromStdString(rows[i].output).section(u' ', 0, 0), QString::number(width));
            }
        }
    }

    void summaryReadsAsATable()
    {
        const std::vector<LayerSummary> expected = {{"Input image", "1 × 28 × 28", 0},
                                                    {"Convolution 5×5", "6 × 28 × 28", 156},
                                                    {"ReLU", "6 × 28 × 28", 0},
                                                    {"Average pooling 2×2", "6 × 14 × 14", 0},
                                                    {"Convolution 5×5", "16 × 10 × 10", 2416},
                                                    {"ReLU", "16 × 10 × 10", 0},
                                                    {"Average pooling 2×2", "16 × 5 × 5", 0},
                                                    {"Flatten", "400", 0},
                                                    {"Dropout 75 %", "400", 0},
                                                    {"Fully connected", "120", 48120},
                                                    {"ReLU", "120", 0},
                                                    {"Fully connected", "84", 10164},
                                                    {"ReLU", "84", 0},
                                                    {"Dropout 37.5 %", "84", 0},
                                                    {"Fully connected", "10", 850}};
        QVERIFY(summarizeNetwork("lenet5", {{}, "relu", {}, 0.375}) == expected);
    }

    void aBatchOfOneTrainsWithBatchNormalization()
    {
        const auto network = makeNetwork("mlp", {{}, {}, true}, digitOutputs, 1);
        network->train();
        network->forward(someImages(1)).sum().backward();
        QVERIFY(torch::isfinite(network->parameters()[0].grad()).all().item<bool>());
    }

    void widthsOfOtherNetworksAreRefused()
    {
        NetworkDetails details;
        details.hiddenWidths = {64};
        QVERIFY(!checkDetails("cnn", details));
        QVERIFY_EXCEPTION_THROWN(makeNetwork("cnn", details, digitOutputs, 1), std::invalid_argument);
        details.hiddenWidths = {5000};
        QVERIFY(!checkDetails("mlp", details));
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
        giveBatchNormalisationSomethingToDo(*network);
        network->eval();
        const c10::InferenceMode inference;
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
