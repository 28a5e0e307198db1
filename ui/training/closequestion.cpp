#include "ui/training/closequestion.h"

#include "core/learning/trainingcontroller.h"
#include "ui/training/modelpanel.h"

#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace digitpad {

CloseQuestion::CloseQuestion(const TrainingController* controller, ModelPanel* models, QWidget* tab)
    : QObject(tab)
    , m_controller(controller)
    , m_models(models)
    , m_tab(tab)
{
    connect(m_models, &ModelPanel::saveEnded, this, [this](bool ok) {
        if (std::exchange(m_closeAfterSaving, false) && ok) {
            m_tab->window()->close();
        }
    });
}

bool CloseQuestion::confirm()
{
    const int unsaved = m_models->unsavedRuns();
    const bool running = m_controller->running();
    if (m_confirmed || (!running && unsaved == 0)) {
        return true;
    }
    if (m_tab->findChild<QMessageBox*>() != nullptr) {
        return false; // It is being asked already.
    }
    if (running) {
        askToStop();
    } else {
        askToSave(unsaved);
    }
    return false;
}

QMessageBox* CloseQuestion::makeBox(const QString& question, const QString& consequence)
{
    auto* box =
        new QMessageBox(QMessageBox::Question, tr("Close DigitPad?"), question, QMessageBox::NoButton, m_tab);
    box->setObjectName(QStringLiteral("closeQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(consequence);
    return box;
}

void CloseQuestion::askToStop()
{
    QMessageBox* box = makeBox(tr("Training is still running. Break it off and close DigitPad?"),
                               tr("The run can be resumed the next time from the last epoch that ended; what "
                                  "came after that is lost."));
    const QPushButton* close = box->addButton(tr("Break off and close"), QMessageBox::DestructiveRole);
    connect(close, &QPushButton::clicked, this, &CloseQuestion::closeForSure);
    QPushButton* keep = box->addButton(tr("Keep training"), QMessageBox::RejectRole);
    box->setDefaultButton(keep);
    box->setEscapeButton(keep);
    box->open();
}

void CloseQuestion::askToSave(int unsavedRuns)
{
    QMessageBox* box = makeBox(unsavedRuns == 1 ? tr("The trained model is not saved.")
                                                : tr("The models of %1 runs are not saved.").arg(unsavedRuns),
                               tr("Closing DigitPad loses what is not saved."));
    const QPushButton* close = box->addButton(tr("Close without saving"), QMessageBox::DestructiveRole);
    connect(close, &QPushButton::clicked, this, &CloseQuestion::closeForSure);
    QPushButton* save = box->addButton(tr("Save…"), QMessageBox::AcceptRole);
    connect(save, &QPushButton::clicked, this, [this] {
        m_closeAfterSaving = true;
        m_models->chooseUnsaved();
        m_models->openSaveDialog();
    });
    box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(save);
    box->open();
}

void CloseQuestion::closeForSure()
{
    m_confirmed = true;
    m_tab->window()->close();
    m_confirmed = false; // The window may have stayed for another reason.
}

} // namespace digitpad
