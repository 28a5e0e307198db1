#include "ui/draw/foreignmodeldialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace digitpad {

namespace {

QDoubleSpinBox* makeNumber(const char* name, double least, QWidget* parent)
{
    auto* number = new QDoubleSpinBox(parent);
    number->setObjectName(QString::fromLatin1(name));
    number->setDecimals(4);
    number->setRange(least, 1000);
    number->setSingleStep(0.01);
    return number;
}

QLabel* makeText(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

ForeignModelDialog::ForeignModelDialog(const QString& fileName, const ModelFileInfo& file, QWidget* parent)
    : QDialog(parent)
    , m_choice(new QComboBox(this))
    , m_mean(makeNumber("mean", -1000, this))
    , m_deviation(makeNumber("deviation", 0.0001, this))
{
    const bool script = file.kind == ModelFileKind::TorchScript;
    setObjectName(QStringLiteral("foreignModelDialog"));
    setWindowTitle(script ? tr("Run a TorchScript Network?") : tr("Load a state_dict"));
    QLabel* what = makeText(
        script
            ? tr("“%1” is a TorchScript file: a program beside its weights. DigitPad runs it in a process of "
                 "its own, which can open no files and no connections and is ended when it does not answer. "
                 "Load it only where you trust its source.")
                  .arg(fileName)
            : tr("“%1” holds the weights of a network and nothing else. DigitPad looks for one of its own "
                 "networks whose tensors have the same names and shapes.")
                  .arg(fileName),
        this);
    QLabel* how =
        makeText(file.normalization ? tr("The file says how its images were normalised in training:")
                                    : tr("The file does not say how its images were normalised in "
                                         "training. With the wrong choice it misreads much:"),
                 this);
    m_choice->setObjectName(QStringLiteral("normalization"));
    m_choice->setToolTip(tr("What was done with the pixels, scaled to 0 to 1, before the network saw them"));
    m_mean->setToolTip(tr("Subtracted from the pixels scaled to 0 to 1"));
    m_deviation->setToolTip(tr("What the pixels are divided by after that"));
    auto* form = new QFormLayout;
    form->addRow(tr("&Normalisation:"), m_choice);
    form->addRow(tr("&Mean:"), m_mean);
    form->addRow(tr("Standard &deviation:"), m_deviation);
    auto* buttons = new QDialogButtonBox(this);
    QPushButton* yes = buttons->addButton(script ? tr("&Run It") : tr("&Load"), QDialogButtonBox::AcceptRole);
    yes->setObjectName(QStringLiteral("accept"));
    QPushButton* no = buttons->addButton(QDialogButtonBox::Cancel);
    (script ? no : yes)->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &ForeignModelDialog::onChoice);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 14);
    layout->setSpacing(12);
    layout->addWidget(what);
    layout->addWidget(how);
    layout->addLayout(form);
    layout->addWidget(buttons);
    setMinimumWidth(460);
    addChoices(file);
}

void ForeignModelDialog::addChoices(const ModelFileInfo& file)
{
    const auto add = [this](const QString& text, double mean, double deviation) {
        m_choice->addItem(text, QVariantList{mean, deviation});
    };
    if (file.normalization) {
        add(tr("As the file says"), file.normalization->mean, file.normalization->standardDeviation);
    }
    add(tr("MNIST's mean and deviation, as in most tutorials"), 0.1307, 0.3081);
    add(tr("From -1 to 1"), 0.5, 0.5);
    add(tr("From 0 to 1"), 0, 1);
    m_choice->addItem(tr("Other"));
    onChoice();
}

void ForeignModelDialog::onChoice()
{
    const QVariantList numbers = m_choice->currentData().toList();
    const bool own = numbers.size() != 2;
    if (!own) {
        m_mean->setValue(numbers[0].toDouble());
        m_deviation->setValue(numbers[1].toDouble());
    }
    m_mean->setEnabled(own);
    m_deviation->setEnabled(own);
}

PixelStatistics ForeignModelDialog::normalization() const
{
    // A choice's numbers have more digits than the fields show.
    const QVariantList numbers = m_choice->currentData().toList();
    return numbers.size() == 2 ? PixelStatistics{numbers[0].toDouble(), numbers[1].toDouble()}
                               : PixelStatistics{m_mean->value(), m_deviation->value()};
}

} // namespace digitpad
