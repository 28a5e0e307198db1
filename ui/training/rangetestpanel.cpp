#include "ui/training/rangetestpanel.h"

#include "ui/training/formfield.h"
#include "ui/training/numberfield.h"
#include "ui/training/rangetestcurve.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace digitpad {

namespace {

/// Two digits: a suggestion is no more exact than that.
double twoDigits(double rate)
{
    return QString::number(rate, 'g', 2).toDouble();
}

} // namespace

RangeTestPanel::RangeTestPanel(QWidget* parent)
    : QWidget(parent)
    , m_curve(new RangeTestCurve(this))
    , m_text(new NoteLabel({}, this))
    , m_error(new ErrorLabel(this))
    , m_use(new QPushButton(this))
    , m_close(new QPushButton(tr("Close"), this))
{
    m_text->setObjectName(QStringLiteral("rangeTestText"));
    m_use->setObjectName(QStringLiteral("useRate"));
    m_close->setObjectName(QStringLiteral("closeRangeTest"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_use);
    buttons->addWidget(m_close);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 4);
    layout->addWidget(m_text);
    layout->addWidget(m_curve);
    layout->addWidget(m_error);
    layout->addLayout(buttons);
    connect(m_use, &QPushButton::clicked, this, [this] { Q_EMIT rateChosen(m_suggestion); });
    connect(m_close, &QPushButton::clicked, this, &QWidget::hide);
    hide();
}

void RangeTestPanel::showTesting()
{
    m_testing = true;
    m_error->setText({});
    m_text->setText(tr("Testing rates…"));
    m_curve->hide();
    m_use->hide();
    m_close->hide();
    show();
}

void RangeTestPanel::showTest(const RateRangeTest& test)
{
    m_testing = false;
    m_suggestion = twoDigits(test.suggestion);
    const bool found = m_suggestion > 0;
    m_curve->setTest(test);
    m_curve->setVisible(!test.points.empty());
    m_text->setText(found ? tr("The loss falls fastest at a rate of %1.").arg(numberText(m_suggestion))
                          : tr("The loss fell at no rate; look at the data and the network first."));
    m_use->setText(tr("Use %1").arg(numberText(m_suggestion)));
    m_use->setToolTip(tr("Makes this the learning rate."));
    m_use->setVisible(found);
    m_close->show();
    m_error->setText({});
    show();
}

void RangeTestPanel::testEnded(const QString& problem)
{
    if (problem.isEmpty() && m_testing) {
        hide(); // Stopped by the person.
    } else if (!problem.isEmpty()) {
        m_text->setText(tr("The test found no rate."));
        m_error->setText(problem);
        m_curve->hide();
        m_use->hide();
        m_close->show();
        show();
    }
    m_testing = false;
}

} // namespace digitpad
