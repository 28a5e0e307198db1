#include "ui/training/networksection.h"

#include "core/learning/networks.h"
#include "core/learning/networksummary.h"
#include "ui/training/fieldgroup.h"
#include "ui/training/formfield.h"
#include "ui/training/networktable.h"
#include "ui/training/numberfield.h"
#include "ui/training/trainingtext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>

#include <utility>

namespace digitpad {

namespace {

/// Without what a network is besides: "Fully connected" of "Fully connected, 784-128-64-10".
QString shortTitle(const NetworkDescription& network)
{
    return QString::fromStdString(network.title).section(QStringLiteral(", "), 0, 0);
}

QList<QPair<QString, QString>> activationEntries()
{
    QList<QPair<QString, QString>> entries;
    for (const std::string& name : activationNames()) {
        entries.append({QString::fromStdString(name), QString::fromStdString(activationTitle(name))});
    }
    return entries;
}

} // namespace

std::optional<std::vector<int>> widthsFromText(const QString& text)
{
    static const QRegularExpression between(QStringLiteral("[,;\\s–-]+"));
    std::vector<int> widths;
    const auto items = text.split(between, Qt::SkipEmptyParts);
    for (const QString& item : items) {
        bool ok = false;
        widths.push_back(item.toInt(&ok));
        if (!ok) {
            return std::nullopt;
        }
    }
    return widths.empty() ? std::nullopt : std::optional(widths);
}

QString widthsText(const std::vector<int>& widths)
{
    QStringList items;
    for (const int width : widths) {
        items += QString::number(width);
    }
    return items.join(QStringLiteral(", "));
}

NetworkSection::NetworkSection(QWidget* parent)
    : FormSection(QStringLiteral("network"), tr("Network"), parent)
    , m_group(addGroup())
{
    QList<QPair<QString, QString>> networks;
    for (const NetworkDescription& network : networkDescriptions()) {
        networks.append({QString::fromStdString(network.name), shortTitle(network)});
    }
    m_network = m_group->addCombo(tr("&Network"), QStringLiteral("network"), {}, networks);
    for (int i = 0; i < m_network->count(); ++i) {
        const NetworkDescription& network = networkDescriptions()[static_cast<std::size_t>(i)];
        m_network->setItemData(i, wrappedTip(QString::fromStdString(network.explanation)), Qt::ToolTipRole);
    }
    makeDetails(m_group);
    m_size = new NoteLabel({}, this);
    m_size->setObjectName(QStringLiteral("networkSize"));
    m_group->addWide(m_size);
    m_table = new NetworkTable(this);
    m_group->addWide(m_table);
    connect(m_network, &QComboBox::currentIndexChanged, this, &NetworkSection::onNetworkChanged);
    watchEditors();
    onNetworkChanged();
}

void NetworkSection::makeDetails(FieldGroup* group)
{
    m_widths = new QLineEdit(this);
    group->add(tr("Hidden layers"), m_widths, QStringLiteral("hiddenWidths"),
               tr("How many units each hidden layer has, from the image on: “128, 64” are two layers. "
                  "Usual: one to three layers of 32 to 512; 1 to 8 layers of 1 to 4096 are possible."));
    m_activation = group->addCombo(
        tr("Activation"), QStringLiteral("activation"),
        tr("What each unit does with its sum. ReLU is the usual choice; tanh and sigmoid are the classics "
           "and learn more slowly; GELU and SiLU are smoother and a little slower to compute."),
        activationEntries());
    m_batchNormalization = new QCheckBox(tr("Batch normalisation"), this);
    group->addBox(m_batchNormalization, QStringLiteral("batchNormalization"),
                  tr("Brings each unit’s values to mean 0 and deviation 1 over a batch, so that higher "
                     "learning rates work. Usual in convolutional networks."));
    m_dropout = new NumberField(NumberField::Steps::Twentieths, maximumDropout, this);
    group->add(tr("Dropout"), m_dropout, QStringLiteral("dropout"),
               tr("The part of the units that is left out by chance in each step, so that the network learns "
                  "less by heart. Usual: 0 for none, 0.1 to 0.5; at most 0.95."));
}

std::string NetworkSection::network() const
{
    return m_network->currentData().toString().toStdString();
}

NetworkDetails NetworkSection::details() const
{
    NetworkDetails details;
    if (!findNetwork(network())->hiddenWidths.empty()) {
        details.hiddenWidths = widthsFromText(m_widths->text()).value_or(std::vector<int>());
    }
    details.activation = m_activation->currentData().toString().toStdString();
    details.batchNormalization = m_batchNormalization->isChecked();
    details.dropout = m_dropout->value().value_or(0);
    return deviatingDetails(network(), details);
}

void NetworkSection::showDetails(const NetworkDetails& given)
{
    const NetworkDetails details = completeDetails(network(), given);
    m_widths->setText(widthsText(details.hiddenWidths));
    selectData(m_activation, QString::fromStdString(details.activation));
    m_batchNormalization->setChecked(details.batchNormalization.value_or(false));
    m_dropout->setValue(details.dropout.value_or(0));
}

void NetworkSection::onNetworkChanged()
{
    const NetworkDescription& description = *findNetwork(network());
    const QString now = m_network->currentData().toString();
    if (m_shown != now) {
        m_shown = now;
        showDetails(m_chosen.value(now));
    }
    field(QStringLiteral("network"))->setHelp(QString::fromStdString(description.explanation));
    m_group->setRowVisible(field(QStringLiteral("hiddenWidths")), !description.hiddenWidths.empty());
}

void NetworkSection::store(RunOptions& options) const
{
    options.training.network = network();
    options.training.details = details();
}

void NetworkSection::load(const RunOptions& options)
{
    const QString name = QString::fromStdString(options.training.network);
    if (m_network->findData(name) < 0) {
        return;
    }
    m_chosen.insert(name, options.training.details);
    selectData(m_network, name);
    showDetails(options.training.details);
}

void NetworkSection::follow(const RunOptions& options)
{
    m_chosen.insert(m_shown, options.training.details);
    const bool possible = unreadable().isEmpty() && checkDetails(network(), options.training.details).ok();
    m_table->setVisible(possible);
    m_size->setVisible(possible);
    if (possible) {
        const int outputs = options.data.withNoDigits ? digitClasses + 1 : digitClasses;
        m_table->setLayers(summarizeNetwork(network(), options.training.details, outputs));
        m_size->setText(tr("%1 parameters in all")
                            .arg(countText(parameterCount(network(), options.training.details, outputs))));
    }
}

QString NetworkSection::summary(const RunOptions& options) const
{
    const bool possible = unreadable().isEmpty() && checkDetails(network(), options.training.details).ok();
    return possible ? tr("%1, %2").arg(m_network->currentText(),
                                       countText(parameterCount(network(), options.training.details)))
                    : m_network->currentText();
}

QList<QPair<QString, QString>> NetworkSection::unreadable() const
{
    QList<QPair<QString, QString>> found;
    const bool hasWidths = !findNetwork(network())->hiddenWidths.empty();
    if (hasWidths && !widthsFromText(m_widths->text())) {
        found.append({QStringLiteral("hiddenWidths"),
                      tr("Type the units of each hidden layer as whole numbers, such as 128, 64.")});
    }
    if (!m_dropout->value()) {
        found.append({QStringLiteral("dropout"), tr("This is no number; type a part such as 0.2.")});
    }
    return found;
}

} // namespace digitpad
